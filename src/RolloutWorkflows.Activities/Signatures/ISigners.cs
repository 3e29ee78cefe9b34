namespace RolloutWorkflows.Activities;

/// <summary>
/// Those whose signatures this host believes, each with a public key of the operator's choice. Nobody signs for
/// anybody else: whoever asks names the signer. Thread-safe.
/// </summary>
internal interface ISigners
{
    /// <summary>True where the host's configuration names the signer.</summary>
    bool Knows(string signer);

    /// <summary>
    /// Why the signature is not the signer's over these bytes; null where it is. <paramref name="signature"/> is a
    /// signature's DER bytes (RSA: its raw bytes), or the same in Base64, as openssl and cosign write them.
    /// </summary>
    Task<string?> RefusalAsync(string signer, Stream content, ReadOnlyMemory<byte> signature, CancellationToken cancellation);
}
