namespace CloakMarketplace;

/// <summary>The switches that the environment file holds, read again each time so that a change counts at once.</summary>
/// <param name="file">Null: everything is off.</param>
internal sealed class Switches(string? file)
{
    /// <summary>The backend, without which no surface works.</summary>
    public bool Backend => IsOn("CLOAK_MARKETPLACE_ENABLED");

    public bool Has(string surface) => IsOn($"CLOAK_MARKETPLACE_{surface.ToUpperInvariant()}_ENABLED");

    private bool IsOn(string name)
    {
        if (file is null) return false;
        try
        {
            return File.ReadLines(file).Any(line => line.Trim() == $"{name}=true");
        }
        catch (IOException)
        {
            // Being replaced this moment, or not there yet: off is the safe answer.
            return false;
        }
    }
}
