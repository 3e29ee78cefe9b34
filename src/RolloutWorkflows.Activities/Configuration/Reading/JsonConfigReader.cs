using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RolloutWorkflows.Activities;

/// <summary>Reads JSON, with comments and trailing commas as many configuration files have them, and remembers where each value stands.</summary>
internal static class JsonConfigReader
{
    private static readonly JsonReaderOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 64 };

    public static ConfigTable Read(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var places = new Places(bytes);
        var reader = new Utf8JsonReader(bytes, Options);
        try
        {
            if (text.Length > 0 && text[0] == '\uFEFF') throw new PlaybookFileException("line 1, column 1: a byte order mark, which JSON must not have");
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject) throw new PlaybookFileException("line 1, column 1: expected an object { … }");
            var root = ReadObject(ref reader, text, places);
            while (reader.Read())
            {
            }

            return root;
        }
        catch (JsonException invalid)
        {
            throw new PlaybookFileException($"line {invalid.LineNumber + 1}, column {invalid.BytePositionInLine + 1}: this is no valid JSON");
        }
    }

    private static ConfigTable ReadObject(ref Utf8JsonReader reader, string text, Places places)
    {
        var table = new ConfigTable();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            var at = places.CharacterAt(reader.TokenStartIndex);
            reader.Read();
            if (!table.TryAdd(name, ReadValue(ref reader, text, places))) throw ConfigDocument.Unreadable(text, at, $"{name} stands there a second time");
        }

        return table;
    }

    private static ConfigNode ReadValue(ref Utf8JsonReader reader, string text, Places places)
    {
        var start = places.CharacterAt(reader.TokenStartIndex);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return ReadObject(ref reader, text, places);
            case JsonTokenType.StartArray:
                var list = new ConfigList(start);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) list.Items.Add(ReadValue(ref reader, text, places));
                list.End = places.CharacterAt(reader.BytesConsumed);
                return list;
            default:
                var value = reader.TokenType switch
                {
                    JsonTokenType.String => JsonValue.Create(reader.GetString()),
                    JsonTokenType.True or JsonTokenType.False => JsonValue.Create(reader.GetBoolean()),
                    JsonTokenType.Number => JsonNode.Parse(reader.ValueSpan),
                    _ => null,
                };
                return new ConfigLeaf(value, start, places.CharacterAt(reader.BytesConsumed));
        }
    }

    /// <summary>Bytes to characters, asked for in the order of the text.</summary>
    private sealed class Places(byte[] bytes)
    {
        private int _byte;
        private int _character;

        public int CharacterAt(long at)
        {
            _character += Encoding.UTF8.GetCharCount(bytes, _byte, (int)at - _byte);
            _byte = (int)at;
            return _character;
        }
    }
}
