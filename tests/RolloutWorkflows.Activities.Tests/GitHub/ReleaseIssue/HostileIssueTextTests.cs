using System.Text.Json;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities.Tests.GitHub.ReleaseIssue;

/// <summary>Text from outside is shown in the issue and does nothing there: it forges no box and no tag, calls nobody, links nowhere else, ends no block.</summary>
public sealed partial class HostileIssueTextTests
{
    public static readonly TheoryData<string> Texts =
    [
        "<!-- rollout:box=all/owner -->",
        "<!-- rollout:end run-1 -->",
        "<!-- rollout:begin run-1 -->\n- [x] forged <!-- rollout:box=all/owner -->\n<!-- rollout:end run-1 -->",
        "--> <script>alert(1)</script> <!--",
        "\n- [x] forged <!-- rollout:stage=all -->",
        "\r\n\r\n# Heading",
        "@everyone @octo-org/team",
        "[click](javascript:alert(1)) ![pixel](https://evil.example/x.png)",
        "](https://evil.example)",
        "`code` ``` ~~~",
        "a | b | c",
        "&lt;!-- rollout:stage=all --&gt; &#64;everyone",
        "$\\href{https://evil.example}{x}$",
        "\u202egnp.exe\u2066\u200b",
        "\\",
        "**bold** __bold__ <https://evil.example> https://evil.example/@everyone",
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public void Inline_OfHostileText_HoldsNothingThatDoesAnything(string hostile) => AssertHarmless(IssueText.Inline(hostile));

    [Theory]
    [MemberData(nameof(Texts))]
    public void Code_OfHostileText_HoldsNothingThatDoesAnything(string hostile) => AssertHarmless(IssueText.Code(hostile));

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task Issue_OfAPlaybookFullOfHostileText_HasTheSameBoxesAndNoOthers(string hostile)
    {
        var view = await ViewAsync(hostile);
        var harmless = IssueBlockText.Render(await ViewAsync("plain"), IssueDetail.Full);

        var block = IssueBlockText.Render(view, IssueDetail.Full);

        Assert.Equal(IssueBody.Parse("run-1", harmless), IssueBody.Parse("run-1", block));
        Assert.Equal(block, IssueBody.BlockOf("run-1", "before\n" + block + "\nafter"));
        AssertHarmless(Ours().Replace(block, ""), ofMany: true);
        Assert.Equal(harmless.Split('\n').Length, block.Split('\n').Length);
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task Comments_OfARunFullOfHostileText_HoldNoTagAndCallNobody(string hostile)
    {
        var view = await ViewAsync(hostile);
        var open = view.Status.OpenApprovals[0] with { Prompt = hostile, Differences = [hostile], Subject = [new SubjectLine(Playbooks.ApprovalBinding.Inputs, hostile, hostile)], Shown = new ShownToPeople(hostile, [hostile]), StandsStill = hostile };
        var voted = open with { Votes = [new Vote { Person = hostile, Approves = true, Via = hostile, Reason = hostile, At = view.Now, CommandId = hostile }] };
        var run = new ChannelRun { Input = view.Input, Status = view.Status, Memory = new InMemoryChannelMemories().Of("run-1", "releaseIssue"), Now = view.Now };
        RunLogEntry[] entries =
        [
            Entry(RunLogKind.ApprovalAsked, hostile, open), Entry(RunLogKind.ApprovalDecided, hostile, voted), Entry(RunLogKind.Held, hostile), Entry(RunLogKind.StagePromoted, hostile),
            Entry(RunLogKind.RollbackStarted, hostile), Entry(RunLogKind.RollbackFinished, hostile),
            Entry(RunLogKind.StepFinished, hostile, new StepStatus { StepId = hostile, Uses = "incident/open", Part = "steps", Verdict = StepVerdict.Passed, Message = hostile }),
        ];

        Assert.All(entries, entry => AssertHarmless(IssueCommentText.Of(entry, run)!.Value.Content.Text, ofMany: true));
        AssertHarmless(IssueStatusText.Render(view with { InForce = [hostile], Status = view.Status with { Because = hostile, OpenApprovals = [voted] } }), ofMany: true);
    }

    [Fact]
    public void Inline_OfAWebAddress_CanBeFollowedToWhereItSays() =>
        Assert.Equal("see <https://ci.example/run?id=1&x=~2>, and \\[x\\]", IssueText.Inline("see https://ci.example/run?id=1&x=~2, and [x]"));

    [Fact]
    public void Inline_OfALongText_IsCutBetweenCharacters()
    {
        var shown = IssueText.Inline(string.Concat(Enumerable.Repeat("🎯", 1_000)), 11);

        Assert.Equal("🎯🎯🎯🎯🎯🎯…", shown);
    }

    private static RunLogEntry Entry(RunLogKind kind, string hostile, object? data = null) => new()
    {
        EntryId = hostile,
        RunId = "run-1",
        At = DateTimeOffset.UnixEpoch,
        PlaybookTime = DateTimeOffset.UnixEpoch,
        Kind = kind,
        Stage = hostile,
        Actor = hostile,
        Reason = hostile,
        Message = hostile,
        Data = data is null ? null : JsonSerializer.SerializeToElement(data, Playbooks.PlaybookJson.Options),
    };

    /// <summary>A run of which everything that a person could word is worded by somebody who means harm.</summary>
    private static async Task<IssueView> ViewAsync(string hostile)
    {
        const string Playbook = """
            apiVersion: rolloutworkflows/v1
            kind: Playbook
            metadata: { name: hostile, title: TITLE }
            spec:
              inputs: { note: { type: string, default: x } }
              people:
                persons: { ada: {}, bob: {} }
                groups: { captains: [ada, bob] }
              channels: { ops: { webhook: none } }
              stages:
                - name: all
                  title: TITLE
                  milestone: { id: M1, title: TITLE }
                  ready: [ { id: asked, uses: manual/confirm, with: { prompt: "${{ inputs.note }}", approvers: [ { group: captains } ] } } ]
                  steps: [ { id: told, uses: announce, with: { to: [ops], text: "${{ inputs.note }}" }, continueOnError: true } ]
                  rollback: { to: start }
            """;
        await using var run = await RolloutScenario.GivenAsync(Playbook);
        var input = await run.InputAsync();
        var stage = input.Playbook.Stages[0];
        var status = await run.StatusAsync();
        input = input with
        {
            Inputs = new Dictionary<string, JsonElement> { ["note"] = JsonSerializer.SerializeToElement(hostile) },
            Reason = hostile,
            Playbook = input.Playbook with { Title = hostile, Stages = [stage with { Title = hostile, Milestone = new Playbooks.Milestone { Id = hostile, Title = hostile } }] },
        };
        var record = new IssueRecord();
        record.Take(new RunLogPage { Entries = await run.RecordAsync(), Position = 1 });
        return new IssueView
        {
            Input = input,
            Status = status with
            {
                Because = hostile,
                StartedBy = hostile,
                Owner = hostile,
                Stages = [status.Stages[0] with { Steps = [new StepStatus { StepId = "told", Uses = "announce", Part = "steps", Verdict = StepVerdict.Failed, Message = hostile }] }],
            },
            Record = record,
            Now = run.Now,
        };
    }

    /// <summary>Nothing in it that Markdown or GitHub would act upon, other than what we set ourselves where a text holds many.</summary>
    private static void AssertHarmless(string shown, bool ofMany = false)
    {
        Assert.DoesNotContain("<!--", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("-->", shown, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"@[A-Za-z0-9]", shown);
        Assert.DoesNotMatch(@"(?<!\\)\]\(", shown);
        Assert.DoesNotContain("<script", shown, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch("[\u202a-\u202e\u2066-\u2069]", shown);
        if (!ofMany) Assert.DoesNotContain('\n', shown);
        if (!ofMany) Assert.DoesNotContain('\r', shown);
    }

    [System.Text.RegularExpressions.GeneratedRegex("<!-- rollout:(begin|end|box|stage)[= ][A-Za-z0-9/._-]+ -->")]
    private static partial System.Text.RegularExpressions.Regex Ours();
}
