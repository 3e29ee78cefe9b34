using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities.Tests.GitHub.ReleaseIssue;

/// <summary>GitHub takes 65,536 characters: what has no room is left out with a notice, and people's text never.</summary>
public sealed class IssueRoomTests
{
    [Fact]
    public async Task Block_InLessAndLessRoom_ShowsLessAndFitsAlways()
    {
        await using var shipped = await ShippedRun.StartAsync();
        var view = await shipped.ViewAsync();
        var full = IssueBlockText.Render(view, int.MaxValue);

        for (var room = full.Length + 100; room >= 0; room -= 97)
        {
            var block = IssueBlockText.Render(view, room);
            Assert.True(block.Length <= room);
            if (block.Length > 0) Assert.Equal(block, IssueBody.BlockOf(view.RunId, block));
        }

        Assert.DoesNotContain("shortened", full, StringComparison.Ordinal);
        Assert.Equal("", IssueBlockText.Render(view, 10));
    }

    [Fact]
    public async Task Block_InTheLeastRoom_StillShowsWhatPeopleCanAnswer()
    {
        await using var shipped = await ShippedRun.StartAsync();
        var view = await shipped.ViewAsync();

        var block = IssueBlockText.Render(view, IssueDetail.OpenQuestions);

        Assert.Equal([new(IssueBox.OfQuestion("preparation", "tested"), false)], IssueBody.Parse(view.RunId, block));
        Assert.Contains("shortened", block, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_WithLongTextOfPeople_KeepsItAllAndFits()
    {
        await using var shipped = await ShippedRun.StartAsync();
        var view = await shipped.ViewAsync();
        foreach (var length in new[] { 50_000, 60_000, 64_000, 65_000, 65_536 })
        {
            var people = new string('x', length);

            var body = IssueBody.Merge(view.RunId, people, room => IssueBlockText.Render(view, room));

            Assert.StartsWith(people, body, StringComparison.Ordinal);
            Assert.True(body.Length <= IssueBody.MostCharacters);
        }
    }

    [Fact]
    public async Task Signature_WhileOnlyMessagesDiffer_StaysTheSame()
    {
        await using var shipped = await ShippedRun.StartAsync();
        var view = await shipped.ViewAsync();
        var status = view.Status;
        var reworded = view with { Status = status with { Because = "otherwise", Stages = [.. status.Stages.Select(stage => stage with { Steps = [.. stage.Steps.Select(step => step with { Message = "otherwise" })] })] } };
        var ticked = view with { Status = status with { Stages = [.. status.Stages.Select(stage => stage with { Steps = [.. stage.Steps.Select(step => step with { Verdict = StepVerdict.Failed })] })] } };

        Assert.Equal(IssueBlockText.Signature(view), IssueBlockText.Signature(reworded));
        Assert.NotEqual(IssueBlockText.Signature(view), IssueBlockText.Signature(ticked));
    }
}
