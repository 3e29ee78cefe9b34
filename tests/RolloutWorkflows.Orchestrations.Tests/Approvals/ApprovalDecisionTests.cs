using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations.Tests.Approvals;

public sealed class ApprovalDecisionTests
{
    private static readonly People Crew = new()
    {
        Groups = new Dictionary<string, IReadOnlyList<string>>
        {
            ["captains"] = ["ada", "bob", "cyn"],
            ["sre"] = ["cyn", "dan"],
        },
    };

    public static TheoryData<string, string, ApprovalVerdict> Cases => new()
    {
        { "1", "", ApprovalVerdict.Open },
        { "1", "+bob", ApprovalVerdict.Approved },
        { "1", "-bob", ApprovalVerdict.Rejected },
        { "2", "+bob", ApprovalVerdict.Open },
        { "2", "+bob +cyn", ApprovalVerdict.Approved },
        { "2", "+bob -cyn", ApprovalVerdict.Rejected },
        { "all", "+bob +cyn", ApprovalVerdict.Open },
        { "all", "+bob +cyn +dan", ApprovalVerdict.Approved },
        { "all", "+bob -dan", ApprovalVerdict.Rejected },
        { "2/3", "+bob", ApprovalVerdict.Open },
        { "2/3", "+bob +dan", ApprovalVerdict.Approved },
        { "2/3", "-bob", ApprovalVerdict.Open },
        { "2/3", "-bob -dan", ApprovalVerdict.Rejected },
        { "2/3", "-bob +cyn +dan", ApprovalVerdict.Approved },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Decide_VotesOfBobCynAndDan_ComeTo(string threshold, string votes, ApprovalVerdict expected)
    {
        var approval = Asking(threshold);
        var electorate = ApprovalDecision.Electorate(approval, Crew, starter: "ada");
        Assert.Equal(expected, ApprovalDecision.Decide(approval, Crew, electorate, Votes(votes)));
    }

    [Fact]
    public void Electorate_IsDistinctPersonsLessTheStarter() =>
        Assert.Equal(["bob", "cyn", "dan"], ApprovalDecision.Electorate(Asking("1"), Crew, starter: "ada"));

    [Fact]
    public void Electorate_SelfApprovalAllowed_KeepsTheStarter() =>
        Assert.Equal(["ada", "bob", "cyn", "dan"], ApprovalDecision.Electorate(Asking("1") with { PreventSelfApproval = false }, Crew, starter: "ada"));

    [Fact]
    public void Decide_RequiredGroupMissing_StaysOpen()
    {
        var approval = Asking("1") with { Approvers = [new Approver { Group = "captains" }, new Approver { Group = "sre", Required = true }] };
        Assert.Equal(ApprovalVerdict.Open, ApprovalDecision.Decide(approval, Crew, ["bob", "cyn", "dan"], Votes("+bob")));
        Assert.Equal(ApprovalVerdict.Approved, ApprovalDecision.Decide(approval, Crew, ["bob", "cyn", "dan"], Votes("+bob +dan")));
    }

    [Fact]
    public void Decide_FractionWhoseRequiredGroupSaysNo_IsRejectedThoughEnoughApprove()
    {
        var approval = Asking("2/3") with { Approvers = [new Approver { Group = "captains" }, new Approver { Person = "dan", Required = true }] };
        Assert.Equal(ApprovalVerdict.Open, ApprovalDecision.Decide(approval, Crew, ["bob", "cyn", "dan"], Votes("+bob +cyn")));
        Assert.Equal(ApprovalVerdict.Rejected, ApprovalDecision.Decide(approval, Crew, ["bob", "cyn", "dan"], Votes("+bob +cyn -dan")));
        Assert.Equal(ApprovalVerdict.Approved, ApprovalDecision.Decide(approval, Crew, ["bob", "cyn", "dan"], Votes("-bob +cyn +dan")));
    }

    [Fact]
    public void Decide_OnePersonOftenAndDifferently_CountsOnceByTheLastWord()
    {
        var electorate = ApprovalDecision.Electorate(Asking("2/3"), Crew, starter: "ada");
        Assert.Equal(ApprovalVerdict.Open, ApprovalDecision.Decide(Asking("2/3"), Crew, electorate, Votes("-bob -bob -bob")));
        Assert.Equal(ApprovalVerdict.Open, ApprovalDecision.Decide(Asking("2"), Crew, electorate, Votes("+bob +bob")));
        Assert.Equal(ApprovalVerdict.Approved, ApprovalDecision.Decide(Asking("2"), Crew, electorate, Votes("-bob +bob +cyn")));
    }

    /// <summary>Every threshold, every set of answers of three people, in every order, with each answer given once or twice.</summary>
    [Fact]
    public void Decide_AnyOrderAndRepetitionOfTheSameVotes_ComesToTheSame()
    {
        var tried = 0;
        var questions = from threshold in new[] { "1", "2", "3", "all", "2/3" }
                        from required in new[] { false, true }
                        from answers in Answers(["bob", "cyn", "dan"])
                        select (threshold, required, answers);
        foreach (var (threshold, required, answers) in questions)
        {
            var approval = Asking(threshold) with { Approvers = [new Approver { Group = "captains" }, new Approver { Group = "sre", Required = required }] };
            var electorate = ApprovalDecision.Electorate(approval, Crew, starter: "ada");
            var expected = ApprovalDecision.Decide(approval, Crew, electorate, Votes(string.Join(' ', answers)));
            foreach (var order in Orders(answers))
            {
                string[] told = [string.Join(' ', order), string.Join(' ', order.Concat(order)), string.Join(' ', order.SelectMany(vote => new[] { vote, vote }))];
                foreach (var votes in told)
                {
                    tried++;
                    Assert.True(expected == ApprovalDecision.Decide(approval, Crew, electorate, Votes(votes)), $"{threshold} of {votes}");
                }
            }
        }

        Assert.Equal(2370, tried);
    }

    private static IEnumerable<List<string>> Answers(string[] people) => people.Length == 0 ? [[]]
        : Answers(people[1..]).SelectMany(rest => new List<string>[] { rest, [$"+{people[0]}", .. rest], [$"-{people[0]}", .. rest] });

    private static IEnumerable<List<string>> Orders(List<string> votes) => votes.Count == 0 ? [[]]
        : votes.SelectMany(first => Orders([.. votes.Where(vote => vote != first)]).Select(rest => new List<string> { first }.Concat(rest).ToList()));

    [Theory]
    [InlineData("4", "it needs 4 approval(s) and 3 person(s) may vote")]
    [InlineData("3", null)]
    [InlineData("all", null)]
    public void Impossible_MoreThanTheElectorate_SaysSo(string threshold, string? expected)
    {
        var why = ApprovalDecision.Impossible(Asking(threshold), Crew, "ada");
        if (expected is null) Assert.Null(why);
        else Assert.StartsWith(expected, why, StringComparison.Ordinal);
    }

    private static Approval Asking(string threshold) => new()
    {
        Name = "go",
        Approvers = [new Approver { Group = "captains" }, new Approver { Group = "sre" }],
        MinApprovals = threshold switch
        {
            "all" => ApprovalThreshold.All,
            "2/3" => new ApprovalThreshold { Numerator = 2, Denominator = 3 },
            _ => new ApprovalThreshold { Count = int.Parse(threshold, System.Globalization.CultureInfo.InvariantCulture) },
        },
    };

    private static List<Vote> Votes(string votes) =>
        [.. votes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(vote => new Vote
        {
            Person = vote[1..],
            Approves = vote[0] == '+',
            Via = "test",
            At = DateTimeOffset.UnixEpoch,
            CommandId = vote,
        })];
}
