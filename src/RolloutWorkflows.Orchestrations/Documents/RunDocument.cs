namespace RolloutWorkflows.Orchestrations;

/// <summary>One version of a document that somebody attached to a run: everything about it but its bytes.</summary>
public sealed record RunDocument
{
    /// <summary>Its name within the run, see <see cref="DocumentName"/>.</summary>
    public required string Name { get; init; }

    /// <summary>Counts from 1 for each name; earlier versions are kept.</summary>
    public required int Version { get; init; }

    /// <summary>SHA-256 of its bytes, in hex.</summary>
    public required string Digest { get; init; }

    /// <summary>In bytes.</summary>
    public required int Size { get; init; }

    /// <summary>What whoever attached it says it is. Shown, and nothing more.</summary>
    public required string MediaType { get; init; }

    /// <summary>Who attached it, as the server established.</summary>
    public required string By { get; init; }

    /// <summary>When, on the real clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The same moment on the playbook's clock, by which its age counts.</summary>
    public required DateTimeOffset PlaybookTime { get; init; }

    /// <summary>For people: <c>test-matrix (version 2, 4 KiB), sha256 9f86d0…</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Name} (version {Version}, {Length}), sha256 {Digest}");

    private string Length => Size < 1024 ? FormattableString.Invariant($"{Size} bytes") : FormattableString.Invariant($"{Size / 1024.0:0.#} KiB");
}
