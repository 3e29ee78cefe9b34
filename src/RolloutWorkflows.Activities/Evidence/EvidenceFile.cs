namespace RolloutWorkflows.Activities;

/// <summary>One file of exported evidence.</summary>
/// <param name="Name">Its name within the run's folder.</param>
/// <param name="Content">What it holds.</param>
/// <param name="ContentType">What that is.</param>
/// <param name="Changes">True for the chain's head, which is written anew with each document; all others are written once.</param>
public sealed record EvidenceFile(string Name, byte[] Content, string ContentType, bool Changes = false);
