using System.Globalization;
using System.Text;

namespace SwarmLedger;

/// <summary>One payload of the log, signed by the council's gateway.</summary>
public sealed record Payload(int Number, string From, string To, int Credits, int Nonce, string Signature)
{
    public byte[] Signed() => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Number} {From} {To} {Credits} {Nonce}"));
}
