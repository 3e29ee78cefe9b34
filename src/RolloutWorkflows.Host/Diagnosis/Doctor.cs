using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Runtime.InteropServices;
using RolloutWorkflows.Activities;
using RolloutWorkflows.DurableTask.Sqlite;

namespace RolloutWorkflows.Host;

/// <summary>Looks at everything that a run will need, changes nothing that lasts, and never shows a secret.</summary>
internal sealed class Doctor(HostLocations locations, HostConfiguration configuration, PlaybookCatalog catalog, PeopleDirectory people, HolidayDirectory holidays, IMetricSources sources, ISecretSource secrets, IGitHub gitHub, SlackCheck slack, IOutbox outbox, EvidencePlaces evidence, TimeProvider time)
{
    private const long FewBytes = 100L * 1024 * 1024;
    private const long SomeBytes = 1024L * 1024 * 1024;

    private const int ManyMessages = 1000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly string Version = typeof(Doctor).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0.0.0";

    public async Task<DoctorReport> ExamineAsync(CancellationToken cancellation) => new()
    {
        Now = time.GetUtcNow(),
        Version = Version,
        Checks =
        [
            Runtime(),
            DataFolder(),
            DiskSpace(),
            Sqlite(),
            TimeZones(),
            Configuration(),
            People(),
            .. holidays.Files.Select(holiday => Holidays(holiday.Key, holiday.Value)),
            .. Playbooks(),
            await OutboxAsync(cancellation),
            .. await Task.WhenAll(secrets.Names.Select(name => SecretAsync(name, cancellation))),
            .. await Task.WhenAll(sources.Names.Select(name => SourceAsync(name, cancellation))),
            .. await GitHubCheck.ExamineAsync(gitHub, configuration.Rollout.GitHub, cancellation),
            .. await slack.ExamineAsync(cancellation),
            .. (await evidence.ExamineAsync(cancellation)).Select(Evidence),
            .. await Task.WhenAll(configuration.Rollout.Webhooks.Select(webhook => WebhookAsync(webhook.Key, webhook.Value.Url, cancellation))),
        ],
    };

    private static DoctorCheck Runtime() => new("server runtime", Health.Ok, $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}");

    private DoctorCheck DataFolder()
    {
        var probe = Path.Combine(locations.Data, $".doctor-{Guid.NewGuid():N}");
        try
        {
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return new("data folder", Health.Ok, $"{locations.Data} can be written");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new("data folder", Health.Fail, $"{locations.Data} cannot be written: {error.Message}", "Give the server's user the right to write there, or choose another folder with `rollout serve --data`.");
        }
    }

    private DoctorCheck DiskSpace()
    {
        try
        {
            var free = new DriveInfo(locations.Data).AvailableFreeSpace;
            var shown = string.Create(CultureInfo.InvariantCulture, $"{free / 1024d / 1024 / 1024:0.0} GiB free for {locations.Data}");
            var health = free < FewBytes ? Health.Fail : free < SomeBytes ? Health.Warn : Health.Ok;
            return new("disk space", health, shown, health == Health.Ok ? null : "Free some space: a full disk stops every run until there is room again.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new("disk space", Health.Warn, $"cannot be told for {locations.Data}: {error.Message}", "Look by hand.");
        }
    }

    private static DoctorCheck Sqlite()
    {
        var library = SqliteLibrary.Load();
        return library.IsBundled
            ? new("SQLite", Health.Warn, $"{library.Version}, the bundled library, which gets no security fixes from the system", $"Install libsqlite3, or set {SqliteLibrary.PathVariable}.")
            : new("SQLite", Health.Ok, $"{library.Version} from {library.Name}");
    }

    private static DoctorCheck TimeZones() => TimeZoneInfo.TryFindSystemTimeZoneById("Europe/Berlin", out var zone) && zone.SupportsDaylightSavingTime
        ? new("time zones", Health.Ok, "the system's time zone data is there")
        : new("time zones", Health.Fail, "Europe/Berlin is not known to the system, so windows with a time zone cannot be kept", "Install the system's time zone data (package tzdata).");

    private DoctorCheck Configuration() => configuration.Warnings.Count == 0
        ? new("configuration", Health.Ok, "host.json and local.settings.json are understood")
        : new("configuration", Health.Warn, string.Join(" ", configuration.Warnings), "Correct the keys; docs/operate.md lists them.");

    private DoctorCheck People()
    {
        if (people.File is not { } file)
        {
            return configuration.Rollout.AllowPlaybookPeople
                ? new("people", Health.Warn, "there is no people.yaml; playbooks name their own approvers, as allowPlaybookPeople says", "Write people.yaml before real rollouts.")
                : new("people", Health.Warn, "there is no people.yaml, so nobody can approve anything", $"Write {Path.Combine(locations.Root, "people.yaml")}; docs/operate.md shows one.");
        }

        try
        {
            var read = PeopleFile.Read(file);
            return new("people", Health.Ok, $"{file}: {read.Persons.Count} persons, {read.Groups.Count} groups");
        }
        catch (HostConfigurationException error)
        {
            return new("people", Health.Fail, string.Join(" ", error.Problems), "Mend the file; until then no run can start.");
        }
    }

    private DoctorCheck Holidays(string name, string file)
    {
        try
        {
            var days = HolidayFile.Read(file);
            var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
            return days.Any(day => day.Date >= today)
                ? new($"holidays {name}", Health.Ok, $"{file}: {days.Count} days, the last on {days[^1].Date:yyyy-MM-dd}")
                : new($"holidays {name}", Health.Warn, $"{file} holds no day that is still to come", "Add the coming days: windows that name them are open meanwhile.");
        }
        catch (HostConfigurationException error)
        {
            return new($"holidays {name}", Health.Fail, string.Join(" ", error.Problems), "Mend the file; until then no run whose windows name it can start.");
        }
    }

    private IEnumerable<DoctorCheck> Playbooks()
    {
        var files = catalog.Read();
        if (files.Count == 0) return [new("playbooks", Health.Warn, $"{locations.Playbooks} holds none, so no rollout can be started", "Put a playbook there, or name another folder with extensions.rollout.playbooks.")];
        return files.Select(file => file.Playbook is not null
            ? new DoctorCheck($"playbook {file.Name}", Health.Ok, $"{file.File} is valid")
            : new DoctorCheck($"playbook {file.Name}", Health.Fail, $"{file.Errors.Count} problem(s): {file.Errors[0]}", $"`rollout validate {Path.Combine(locations.Playbooks, file.File)}` shows all of them."));
    }

    private async Task<DoctorCheck> SecretAsync(string name, CancellationToken cancellation)
    {
        try
        {
            await secrets.ReadAsync(name, cancellation);
            return new($"secret {name}", Health.Ok, "can be read");
        }
        catch (SecretException missing)
        {
            return new($"secret {name}", Health.Fail, missing.Message, "Set the variable or write the file that extensions.rollout.secrets names, and restart for a variable.");
        }
    }

    private async Task<DoctorCheck> SourceAsync(string name, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        return await sources.Find(name)!.ProbeAsync(cancellation) is { } wrong
            ? new($"metric source {name}", Health.Fail, wrong, "Correct its address or credentials in host.json, or mend the source; guardrails that measure it are Error meanwhile.")
            : new($"metric source {name}", Health.Ok, string.Create(CultureInfo.InvariantCulture, $"answered within {time.GetElapsedTime(started).TotalMilliseconds:0} ms"));
    }

    private async Task<DoctorCheck> WebhookAsync(string name, Uri url, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            // The address itself may be a secret; only whether its host has one is said.
            var found = await Dns.GetHostAddressesAsync(url.DnsSafeHost, limit.Token);
            return new($"webhook {name}", found.Length > 0 ? Health.Ok : Health.Fail, found.Length > 0 ? "its host's name is known; nothing was posted" : "its host has no address");
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            return new($"webhook {name}", Health.Fail, "its host's name is unknown", $"Correct extensions.rollout.webhooks.{name}.url, or the system's name service.");
        }
    }

    private static DoctorCheck Evidence(EvidencePlaceFinding found) => new(
        $"evidence {found.Place}",
        found.Works switch { true => Health.Ok, false => Health.Fail, _ => Health.Warn },
        found.Message,
        found.Works == false ? $"Correct extensions.rollout.evidence.{found.Place}, or mend the place; documents stay in this server's database and follow by themselves." : null);

    private async Task<DoctorCheck> OutboxAsync(CancellationToken cancellation)
    {
        var parked = await outbox.ListAsync(new OutboxQuery { State = OutboxState.Parked, Limit = ManyMessages }, cancellation);
        var late = (await outbox.ListLanesAsync(cancellation: cancellation)).Count(lane => lane is { IsFinished: false, Problem: not null });
        if (parked.Count == 0 && late == 0) return new("outbox", Health.Ok, "nothing is parked, and every channel shows its runs as they are");
        var count = parked.Count == ManyMessages ? $"{ManyMessages} or more" : parked.Count.ToString(CultureInfo.InvariantCulture);
        return new("outbox", Health.Warn, string.Create(CultureInfo.InvariantCulture, $"{count} message(s) are parked, and {late} channel(s) of runs are behind"),
            "`rollout outbox list` says why; `rollout outbox retry ID` tries one again, `rollout outbox drop ID --reason …` gives it up. Channels catch up by themselves.");
    }
}
