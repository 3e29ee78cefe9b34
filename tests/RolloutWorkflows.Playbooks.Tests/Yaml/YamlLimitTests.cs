using System.Text;

namespace RolloutWorkflows.Playbooks.Tests;

/// <summary>Whatever stands in a file: it is answered with problems, at once, and never with an exception.</summary>
public sealed class YamlLimitTests
{
    [Fact]
    public void File_LargerThanOneMebibyte_IsRefused() =>
        Assert.Equal("p.yaml:1:1 RW1002 the file is too large; expected at most 1048576 bytes, got 1048577", Only("a: " + new string('x', 1_048_574)));

    [Fact]
    public void File_OfOneMebibyte_IsRead() =>
        Assert.DoesNotContain(Load("a: " + new string('x', 1_048_573)).Problems, problem => problem.Code == "RW1002");

    [Theory]
    [InlineData(65)]
    [InlineData(100_000)]
    public void Nesting_DeeperThan64_IsRefused(int depth) =>
        Assert.Equal("p.yaml:1:65 RW1003 nested too deep; expected at most 64 levels", Only(new string('[', depth)));

    [Fact]
    public void Nesting_DeeperThan64ThroughAliases_IsRefused()
    {
        var yaml = new StringBuilder("a0: &a0 [x]\n");
        for (var i = 1; i < 70; i++) yaml.Append(System.Globalization.CultureInfo.InvariantCulture, $"a{i}: &a{i} [*a{i - 1}]\n");

        Assert.Equal("p.yaml:63:12 RW1003 nested too deep once the alias is followed; expected at most 64 levels", Only(yaml.ToString()));
    }

    [Fact]
    public void Aliases_MoreThan100_AreRefused()
    {
        var aliases = string.Join(", ", Enumerable.Repeat("*a", 101));

        Assert.Equal("p.yaml:2:406 RW1004 too many aliases; expected at most 100", Only($"x: &a 1\ny: [ {aliases} ]\n"));
    }

    [Fact]
    public void Aliases_OfAliases_AreRefusedWithoutBeingFollowed()
    {
        var yaml = new StringBuilder("a: &a [x,x,x,x,x,x,x,x,x,x]\n");
        for (var level = 'b'; level <= 'j'; level++)
        {
            yaml.Append(System.Globalization.CultureInfo.InvariantCulture, $"{level}: &{level} [{string.Join(",", Enumerable.Repeat($"*{(char)(level - 1)}", 10))}]\n");
        }

        Assert.Equal("p.yaml:5:4 RW1004 aliases make the file too large; expected at most 100000 values once they are followed", Only(yaml.ToString()));
    }

    [Fact]
    public void Anchor_HoldingItself_IsRefused() =>
        Assert.Equal("p.yaml:1:8 RW1009 the alias '*a' names no anchor above it", Only("a: &a [*a]"));

    [Fact]
    public void Alias_OfAStep_IsReadAtBothPlaces()
    {
        var result = Load(
            """
            apiVersion: rolloutworkflows/v1
            kind: Playbook
            metadata: { name: aliased }
            spec:
              rollback: { to: start }
              stages:
                - { name: one, steps: [ &on { id: switch, uses: flag/set, with: { flag: f, value: true } } ] }
                - { name: two, steps: [ *on ] }
            """);

        Assert.Empty(result.Problems);
        Assert.Equal("switch", result.Playbook!.Stages[1].Steps[0].Id);
    }

    [Fact]
    public void File_DamagedAnywhere_GivesProblemsAndNoException()
    {
        var original = Repository.Read("playbooks", "web4-mycelia.yaml");
        var random = new Random(20260101);
        const string noise = "{}[]:,&*!|>'\"%@`#-?\t \n\\$0x\u0000\u00e9";
        for (var i = 0; i < 60; i++)
        {
            var damaged = new StringBuilder(original);
            for (var hits = random.Next(1, 4); hits > 0; hits--)
            {
                var at = random.Next(damaged.Length);
                if (random.Next(3) == 0) damaged.Remove(at, Math.Min(random.Next(1, 40), damaged.Length - at));
                else damaged.Insert(at, noise[random.Next(noise.Length)]);
            }

            var result = Load(damaged.ToString());

            Assert.True(result.IsValid || result.Problems.Any(problem => problem.Severity == ProblemSeverity.Error));
        }
    }

    private static string Only(string yaml) => Assert.Single(Load(yaml).Problems).ToString();

    private static PlaybookLoadResult Load(string yaml) => PlaybookLoader.Load(yaml, "p.yaml", TestCatalog.Instance);
}
