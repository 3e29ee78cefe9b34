namespace RolloutWorkflows.Cli;

/// <summary>Where a demo takes place. Addresses are those of programs on this machine.</summary>
internal sealed record DemoPlace
{
    private readonly Uri? server;
    private readonly Uri? gitHub;

    /// <summary>The clone around the program.</summary>
    public required string Repository { get; init; }

    /// <summary>The demo's own folder, which is the server's root: playbook, host.json, databases, logs. Gone afterwards unless kept.</summary>
    public required string Folder { get; init; }

    /// <summary>Where the sample serves.</summary>
    public required Uri Sample { get; init; }

    /// <summary>How many times faster waits pass.</summary>
    public required double Speed { get; init; }

    /// <summary>What goes wrong; null: nothing.</summary>
    public DemoFault? Fault { get; init; }

    /// <summary>The stand-in for GitHub, for scenes that have one.</summary>
    /// <exception cref="InvalidOperationException">The scene states none.</exception>
    public Uri GitHub
    {
        get => gitHub ?? throw new InvalidOperationException("the scene has no stand-in for GitHub: state one in DemoScene.GitHub");
        init => gitHub = value;
    }

    /// <summary>The rollout server; known once it runs, which is after its configuration was written.</summary>
    /// <exception cref="InvalidOperationException">It does not run yet.</exception>
    public Uri Server
    {
        get => server ?? throw new InvalidOperationException("the server's address is not known before it runs");
        init => server = value;
    }

    /// <summary>The sample's origin, as grants, sources and inputs take it: without a slash at its end.</summary>
    public string SampleOrigin => Sample.GetLeftPart(UriPartial.Authority);

    /// <summary>The server's origin.</summary>
    public string ServerOrigin => Server.GetLeftPart(UriPartial.Authority);

    /// <summary>A path below the demo's folder; its folders are made.</summary>
    public string FileAt(params string[] parts)
    {
        var path = Path.Combine([Folder, .. parts]);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }
}
