using System.Buffers.Binary;
using System.Numerics;

namespace RolloutWorkflows.Activities;

/// <summary>MurmurHash3, x86, 32 bits, as published by Austin Appleby. Fast and well spread; not for secrets.</summary>
public static class Murmur3
{
    private const uint C1 = 0xcc9e2d51;
    private const uint C2 = 0x1b873593;

    /// <summary>The hash of some bytes.</summary>
    public static uint Hash(ReadOnlySpan<byte> bytes, uint seed = 0)
    {
        var hash = seed;
        var rest = bytes;
        for (; rest.Length >= 4; rest = rest[4..])
        {
            hash ^= Mix(BinaryPrimitives.ReadUInt32LittleEndian(rest));
            hash = BitOperations.RotateLeft(hash, 13) * 5 + 0xe6546b64;
        }

        uint tail = 0;
        for (var index = rest.Length - 1; index >= 0; index--) tail = (tail << 8) | rest[index];
        if (rest.Length > 0) hash ^= Mix(tail);
        return Finish(hash ^ (uint)bytes.Length);
    }

    private static uint Mix(uint block) => BitOperations.RotateLeft(block * C1, 15) * C2;

    private static uint Finish(uint hash)
    {
        hash = (hash ^ (hash >> 16)) * 0x85ebca6b;
        hash = (hash ^ (hash >> 13)) * 0xc2b2ae35;
        return hash ^ (hash >> 16);
    }
}
