using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Cli;

/// <summary>
/// The demo of one playbook: what stands beside the server, what the run is started with, what can go wrong, and what
/// must be true at the end. A new one is made for each demo, so it may keep what it saw. docs/extend-demo.md says how
/// to add one.
/// </summary>
internal abstract class DemoScene
{
    /// <summary>The playbook's name: <c>playbooks/NAME.yaml</c>.</summary>
    public abstract string Playbook { get; }

    /// <summary>What there is to see, in one sentence for the list.</summary>
    public abstract string Sentence { get; }

    /// <summary>What the demo says where nothing went wrong and all is well, after "As expected: ".</summary>
    public abstract string Expected { get; }

    /// <summary>The program that the playbook rolls something out to.</summary>
    public abstract DemoProgram Sample { get; }

    /// <summary>What can go wrong.</summary>
    public virtual IReadOnlyList<DemoFault> Faults => [];

    /// <summary>How many times faster waits pass where nobody says: a day in a second by default.</summary>
    public virtual double Speed => 86_400;

    /// <summary>Who starts the run, and therefore may not approve it.</summary>
    public virtual string Starter => "ada";

    /// <summary>Who decides where the run is held, and does what needs no vote.</summary>
    public virtual string Captain => "grace";

    /// <summary>Who gets an admin's key; all others get an operator's.</summary>
    public virtual IReadOnlyList<string> Admins => [];

    /// <summary>The text of <c>people.yaml</c>; null: the playbook names its people itself.</summary>
    public virtual string? People => null;

    /// <summary>The guardrail that the table of stages shows at the end; null: none.</summary>
    public virtual DemoColumn? Column => null;

    /// <summary>Null: the playbook does not need GitHub. Otherwise a stand-in runs beside the demo, and the server is connected to it.</summary>
    /// <param name="fault">What goes wrong, where it is at GitHub; null: nothing.</param>
    public virtual DemoGitHub? GitHub(DemoFault? fault) => null;

    /// <summary>
    /// What stands below <c>extensions.rollout</c> in host.json: grants, metricSources, webhooks, files, commands, signers,
    /// secrets and so on, as objects that serialize to it. The demo adds <c>playbooks</c>, <c>allowPlaybookPeople</c> and, with a stand-in
    /// for it, <c>gitHub</c>.
    /// </summary>
    public abstract IReadOnlyDictionary<string, object> Settings(DemoPlace place);

    /// <summary>Variables of the server's environment, where settings name secrets there.</summary>
    public virtual IReadOnlyDictionary<string, string> ServerEnvironment(DemoPlace place) => new Dictionary<string, string>();

    /// <summary>Puts files into the demo's folder, before anything starts.</summary>
    public virtual void Prepare(DemoPlace place)
    {
    }

    /// <summary>
    /// The sample's arguments beside <c>--urls</c>, <c>--speed</c>, <c>--exit-with-stdin</c> and, for a fault from the start, <c>--fault</c>.
    /// Its key for the server is in its environment as <c>ROLLOUT_KEY</c>.
    /// </summary>
    public virtual IEnumerable<string> SampleArguments(DemoPlace place, Playbook playbook) => [];

    /// <summary>What the run is started with: values that serialize to the inputs.</summary>
    public virtual IReadOnlyDictionary<string, object> Inputs(DemoPlace place) => new Dictionary<string, object>();

    /// <summary>Those who do something in the run beside answering its questions, in the order in which they are asked.</summary>
    public virtual IReadOnlyList<DemoActor> Actors(DemoCast cast) => [];

    /// <summary>Says what the world looks like now by other witnesses than the run, and returns what is not as expected.</summary>
    public virtual Task<IReadOnlyList<string>> CheckAsync(DemoEnd end, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<string>>([]);
}
