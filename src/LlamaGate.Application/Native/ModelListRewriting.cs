using System.Buffers;
using System.Text.Json;
using LlamaGate.Application.Models;
using LlamaGate.Domain.Callers;

namespace LlamaGate.Application.Native;

/// <summary>
/// Takes the models that the caller may not use out of a list, of tags or of running ones, and adds the aliases of the others: each is what
/// its model is, under its own name.
/// </summary>
internal sealed class ModelListRewriting(ModelAliases aliases, ModelAccess access) : AnswerRewriting
{
    private const string DefaultTag = ":latest";

    private static ReadOnlySpan<byte> Empty => """{"models":[]}"""u8;

    public override void Write(ReadOnlySequence<byte> json, IBufferWriter<byte> output)
    {
        var list = json.IsSingleSegment ? json.First.Span : json.ToArray();
        var models = new List<Listed>();
        if (ReadModels(list, models) is not { } end)
        {
            // What cannot be read may name any model.
            output.Write(access.IsUnlimited ? list : Empty);
            return;
        }

        var allowed = access.IsUnlimited ? models : models.FindAll(model => access.Allows(model.Name));
        WriteAllowed(list[..end], models, allowed, output);
        foreach (var alias in aliases.Names)
        {
            var target = aliases.Resolve(alias);
            if (allowed.Find(model => IsNamed(model, target)) is { } model && !allowed.Exists(other => IsNamed(other, alias)))
            {
                Write(list, model, alias, output);
            }
        }

        output.Write(list[end..]);
    }

    /// <param name="list">Up to the end of the last model.</param>
    private static void WriteAllowed(ReadOnlySpan<byte> list, List<Listed> models, List<Listed> allowed, IBufferWriter<byte> output)
    {
        if (allowed.Count == models.Count)
        {
            output.Write(list);
            return;
        }

        output.Write(list[..models[0].Start]);
        for (var i = 0; i < allowed.Count; i++)
        {
            output.Write(i > 0 ? ","u8 : default);
            output.Write(list[allowed[i].Start..allowed[i].End]);
        }
    }

    private static bool IsNamed(Listed model, string name) =>
        model.Name.Equals(name, StringComparison.OrdinalIgnoreCase)
        || model.Name.Equals(name + DefaultTag, StringComparison.OrdinalIgnoreCase);

    private static void Write(ReadOnlySpan<byte> list, Listed model, string alias, IBufferWriter<byte> output)
    {
        var name = JsonEncodedText.Encode(alias).EncodedUtf8Bytes;
        output.Write(","u8);
        var written = model.Start;
        foreach (var (start, end) in model.Names)
        {
            output.Write(list[written..start]);
            output.Write("\""u8);
            output.Write(name);
            output.Write("\""u8);
            written = end;
        }

        output.Write(list[written..model.End]);
    }

    /// <returns>Where the list ends, before its bracket; null when there is none, or nothing in it.</returns>
    private static int? ReadModels(ReadOnlySpan<byte> json, List<Listed> models)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            reader.Read();
            while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
            {
                var isList = reader.ValueTextEquals("models"u8);
                reader.Read();
                if (isList && reader.TokenType is JsonTokenType.StartArray)
                {
                    return ReadList(ref reader, models);
                }

                reader.Skip();
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // No list of Ollama's: it is passed on as it is.
        }

        return null;
    }

    private static int? ReadList(ref Utf8JsonReader reader, List<Listed> models)
    {
        while (reader.Read() && reader.TokenType is JsonTokenType.StartObject)
        {
            models.Add(ReadModel(ref reader));
        }

        return reader.TokenType is JsonTokenType.EndArray && models.Count > 0 ? models[^1].End : null;
    }

    private static Listed ReadModel(ref Utf8JsonReader reader)
    {
        var start = (int)reader.TokenStartIndex;
        var name = "";
        var names = new List<(int Start, int End)>();
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var isName = reader.ValueTextEquals("name"u8);
            var isNamed = isName || reader.ValueTextEquals("model"u8);
            reader.Read();
            if (isNamed && reader.TokenType is JsonTokenType.String)
            {
                names.Add(((int)reader.TokenStartIndex, (int)reader.BytesConsumed));
                name = isName ? reader.GetString()! : name;
            }

            reader.Skip();
        }

        return new Listed(name, start, (int)reader.BytesConsumed, names);
    }

    /// <param name="Name">With its tag.</param>
    /// <param name="Start">Where its object begins.</param>
    /// <param name="End">Where it ends.</param>
    /// <param name="Names">Where its name stands, as <c>name</c> and as <c>model</c>.</param>
    private sealed record Listed(string Name, int Start, int End, IReadOnlyList<(int Start, int End)> Names);
}
