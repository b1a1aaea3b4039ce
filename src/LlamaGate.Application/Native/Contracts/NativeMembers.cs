using System.Collections.Frozen;
using System.Text.Json;
using LlamaGate.Application.Models;
using LlamaGate.Application.Validation;

namespace LlamaGate.Application.Native.Contracts;

/// <summary>
/// Reads the outermost members of a body. Ollama finds members without regard to case and takes the last of several; so a name that
/// comes twice is refused, in whatever case: what the gateway has looked at is what Ollama uses.
/// </summary>
internal static class NativeMembers
{
    /// <summary>Ollama knows some 25. A body with very many would take memory for their names.</summary>
    private const int MaxMembers = 100;

    /// <summary>In bytes as they are written; longer ones are none of Ollama's, even if each letter is escaped.</summary>
    private const int MaxNameLength = 128;

    private const string Unreadable = "The request body contains a name that is not valid Unicode.";

    /// <summary>What names a model where models are made and copied.</summary>
    private static readonly FrozenSet<string> OtherNames =
        FrozenSet.ToFrozenSet(["from", "source", "destination"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Beside the options, what decides how a model is loaded.</summary>
    private static readonly string[] LoadMembers = ["keep_alive", "shift"];

    private const string OptionsName = "options";

    /// <summary>As deep as Ollama reads.</summary>
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 10_000 };

    /// <summary>What follows the object is not looked at, as Ollama does not.</summary>
    public static void Read(NativeBody body)
    {
        if (body.Json.IsEmpty)
        {
            body.Failure = new RuleFailure("", "missing request body");
            return;
        }

        var reader = new Utf8JsonReader(body.Json.Span, Options);
        reader.Read();
        if (reader.TokenType is not JsonTokenType.StartObject)
        {
            body.Failure = new RuleFailure("", "The request body must be a JSON object.");
            return;
        }

        if (reader.TokenStartIndex > 0)
        {
            body.LoadCuts.Add(0..(int)reader.TokenStartIndex);
        }

        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var cuts = new MemberCuts(body.LoadCuts);
        while (body.Failure is null && reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            body.Failure = ReadMember(ref reader, body, seen, cuts);
        }

        cuts.End();
        // An option stands before the end of the options' own cut.
        body.LoadCuts.Sort(static (one, other) => one.Start.Value.CompareTo(other.Start.Value));
    }

    private static RuleFailure? ReadMember(ref Utf8JsonReader reader, NativeBody body, HashSet<string> seen, MemberCuts cuts)
    {
        var start = (int)reader.TokenStartIndex;
        var isShort = reader.ValueSpan.Length <= MaxNameLength;
        var name = isShort ? TextOf(ref reader) : "";
        if (name is null)
        {
            return new RuleFailure("", Unreadable);
        }

        if (isShort && !seen.Add(name))
        {
            return new RuleFailure(name, $"{name} occurs more than once.");
        }

        if (seen.Count > MaxMembers)
        {
            return new RuleFailure("", $"The request body has more than {MaxMembers} members.");
        }

        reader.Read();
        var isEmpty = reader.TokenType is JsonTokenType.Null && name.Equals(OptionsName, StringComparison.OrdinalIgnoreCase);
        var failure = ReadValue(ref reader, body, name);
        var isCut = LoadMembers.Contains(name, StringComparer.OrdinalIgnoreCase);
        if (isCut)
        {
            AddName(body, name.ToLowerInvariant());
        }

        cuts.Note(isCut || isEmpty, start, (int)reader.BytesConsumed);
        return failure;
    }

    /// <summary>Ollama takes the names of options exactly as they are written.</summary>
    private static void ReadOptions(ref Utf8JsonReader reader, NativeBody body)
    {
        var cuts = new MemberCuts(body.LoadCuts);
        body.Demand?.BeginOptions(ref reader);
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var start = (int)reader.TokenStartIndex;
            var name = reader.ValueSpan.Length <= MaxNameLength ? TextOf(ref reader) : null;
            var isCut = name is not null && LoadOptions.Contains(name);
            if (isCut)
            {
                AddName(body, "options." + name);
            }

            reader.Read();
            body.Demand?.NoteOption(ref reader, name);
            reader.Skip();
            cuts.Note(isCut, start, (int)reader.BytesConsumed);
        }

        cuts.End();
    }

    private static void AddName(NativeBody body, string name)
    {
        if (!body.LoadMembers.Contains(name, StringComparer.Ordinal))
        {
            body.LoadMembers = [.. body.LoadMembers, name];
        }
    }

    private static RuleFailure? ReadValue(ref Utf8JsonReader reader, NativeBody body, string name)
    {
        var isModel = name.Equals("model", StringComparison.OrdinalIgnoreCase);
        if (reader.TokenType is JsonTokenType.String && (isModel || name.Equals("name", StringComparison.OrdinalIgnoreCase)))
        {
            var start = (int)reader.TokenStartIndex;
            if (TextOf(ref reader) is not { } model)
            {
                return new RuleFailure(name, $"{name} is not valid Unicode text.");
            }

            body.Names = [.. body.Names, new NamedModel(start, (int)reader.BytesConsumed - start, model)];
            // Where both are given, Ollama takes the model unless it is empty.
            body.Model = (isModel && model.Length > 0) || body.Model.Length == 0 ? model : body.Model;
        }
        else if (reader.TokenType is JsonTokenType.String && OtherNames.Contains(name))
        {
            if (TextOf(ref reader) is not { } model)
            {
                return new RuleFailure(name, $"{name} is not valid Unicode text.");
            }

            body.OtherNames = [.. body.OtherNames, model];
        }
        else if (reader.TokenType is JsonTokenType.False && name.Equals("stream", StringComparison.OrdinalIgnoreCase))
        {
            body.IsStream = false;
        }
        else if (reader.TokenType is JsonTokenType.StartObject && name.Equals(OptionsName, StringComparison.OrdinalIgnoreCase))
        {
            ReadOptions(ref reader, body);
        }
        else if (body.Demand is { } demand)
        {
            demand.ReadMember(ref reader, name);
        }

        reader.Skip();
        return null;
    }

    /// <summary>Null for what is no Unicode. Two letters beyond ASCII are, without regard to case, an s and a k to Ollama.</summary>
    private static string? TextOf(ref Utf8JsonReader reader)
    {
        try
        {
            var text = reader.GetString()!;
            return reader.TokenType is JsonTokenType.PropertyName ? text.Replace('\u017F', 's').Replace('\u212A', 'k') : text;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
