namespace Web4Service;

/// <summary>The service's alerts as Prometheus tells them: one that always fires, so that silence proves something, and one that should not.</summary>
internal static class Alerts
{
    public static IResult Answer(FaultSwitches faults, TimeProvider time)
    {
        var alerts = new List<object>();
        if (!faults.IsOn(FaultSwitches.Unarmed)) alerts.Add(Firing("Watchdog", "none", time));
        if (faults.IsOn(FaultSwitches.Alert)) alerts.Add(Firing("IntentBarDown", "page", time));
        return Results.Json(new { status = "success", data = new { alerts } });
    }

    private static object Firing(string name, string severity, TimeProvider time) => new
    {
        labels = new { alertname = name, severity },
        annotations = new { },
        state = "firing",
        activeAt = time.GetUtcNow(),
        value = "1e+00",
    };
}
