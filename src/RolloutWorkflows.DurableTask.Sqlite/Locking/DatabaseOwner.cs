namespace RolloutWorkflows.DurableTask.Sqlite;

/// <summary>Who holds a database file.</summary>
/// <param name="Pid">The process id.</param>
/// <param name="Machine">The machine's name.</param>
/// <param name="Boot">Tells two starts of a process apart, whatever their process ids.</param>
/// <param name="Since">When the file was taken.</param>
internal sealed record DatabaseOwner(int Pid, string Machine, string Boot, DateTimeOffset Since);
