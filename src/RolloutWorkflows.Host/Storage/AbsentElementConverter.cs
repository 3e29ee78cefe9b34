using System.Text.Json;
using System.Text.Json.Serialization;

namespace RolloutWorkflows.Host;

/// <summary>Writes a JSON value that was never set as null, where the framework would throw.</summary>
internal sealed class AbsentElementConverter : JsonConverter<JsonElement>
{
    public override bool HandleNull => true;

    public override JsonElement Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => JsonElement.ParseValue(ref reader);

    public override void Write(Utf8JsonWriter writer, JsonElement value, JsonSerializerOptions options)
    {
        if (value.ValueKind == JsonValueKind.Undefined) writer.WriteNullValue();
        else value.WriteTo(writer);
    }
}
