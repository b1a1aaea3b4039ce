using System.Text;
using System.Text.Json;
using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Conversations;

namespace LlamaGate.Application.Native.Contracts;

/// <summary>
/// Gathers what a body of Ollama's own API will demand of a host, while the body is read. Texts are measured as they are written. What is of
/// another type than Ollama's counts nothing: Ollama refuses it.
/// </summary>
internal sealed class NativeDemand
{
    private readonly PromptPrefix _prefix = new();
    private long _textBytes;
    private int _images;
    private int? _maxTokens;
    private int? _context;
    private int? _optionsAt;
    private bool _thinks;
    private bool _hasFormat;

    /// <param name="optionsAt">Where <see cref="OptionsAt"/> is in the body that is sent.</param>
    /// <param name="generates">False for embeddings.</param>
    public CallDemand ToDemand(int? optionsAt, bool generates) => new()
    {
        TextBytes = (int)Math.Min(_textBytes, int.MaxValue),
        Images = _images,
        MaxTokens = generates ? _maxTokens : 0,
        Context = _context,
        HasTwoPasses = _thinks && _hasFormat,
        Prefix = generates ? _prefix.ToHash() : null,
        OptionsAt = optionsAt,
    };

    /// <summary>Right behind the brace that begins the options; null when there are none.</summary>
    public int? OptionsAt => _optionsAt;

    /// <param name="reader">Right behind the brace.</param>
    public void BeginOptions(ref Utf8JsonReader reader) => _optionsAt = (int)reader.BytesConsumed;

    /// <param name="reader">At the value.</param>
    /// <param name="name">As Ollama takes it.</param>
    public void NoteOption(ref Utf8JsonReader reader, string? name)
    {
        if (reader.TokenType is JsonTokenType.Number && reader.TryGetInt32(out var number) && number > 0)
        {
            _maxTokens = name is "num_predict" ? number : _maxTokens;
            _context = name is "num_ctx" ? number : _context;
        }
    }

    /// <summary>Reads one of the outermost members other than the options, if it is of interest.</summary>
    /// <param name="reader">At the value; afterwards anywhere in it.</param>
    /// <param name="name">In any case of letters.</param>
    public void ReadMember(ref Utf8JsonReader reader, string name)
    {
        switch (name.ToUpperInvariant())
        {
            case "PROMPT" or "SUFFIX" or "SYSTEM" or "INPUT":
                ReadTexts(ref reader);
                break;
            case "IMAGES":
                CountImages(ref reader);
                break;
            case "MESSAGES":
                ReadMessages(ref reader);
                break;
            case "TOOLS":
                ReadTools(ref reader);
                break;
            case "THINK":
                _thinks = reader.TokenType is JsonTokenType.True or JsonTokenType.String;
                break;
            case "FORMAT":
                _hasFormat = reader.TokenType is JsonTokenType.StartObject || (reader.TokenType is JsonTokenType.String && reader.ValueSpan.Length > 0);
                break;
        }
    }

    /// <summary>One string, or a list of strings.</summary>
    private void ReadTexts(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.StartArray)
        {
            while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
            {
                AddText(ref reader);
                reader.Skip();
            }
        }
        else
        {
            AddText(ref reader);
        }
    }

    private void AddText(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.String)
        {
            _textBytes += reader.ValueSpan.Length;
            _prefix.AddText(reader.ValueSpan);
        }
    }

    private void CountImages(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.StartArray)
        {
            while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
            {
                _images++;
                reader.Skip();
            }
        }
    }

    private void ReadTools(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not JsonTokenType.StartArray)
        {
            return;
        }

        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (reader.TokenType is JsonTokenType.StartObject)
            {
                ReadTool(ref reader);
            }

            reader.Skip();
        }
    }

    /// <summary>All names and values in it.</summary>
    private void ReadTool(ref Utf8JsonReader reader)
    {
        var depth = reader.CurrentDepth;
        while (reader.Read() && reader.CurrentDepth > depth)
        {
            _textBytes += reader.ValueSpan.Length;
            _prefix.AddTool(reader.ValueSpan);
        }
    }

    private void ReadMessages(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not JsonTokenType.StartArray)
        {
            return;
        }

        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (reader.TokenType is JsonTokenType.StartObject)
            {
                _prefix.BeginMessage("message"u8);
                ReadMessage(ref reader);
            }

            reader.Skip();
        }
    }

    private void ReadMessage(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var isImages = Ascii.EqualsIgnoreCase(reader.ValueSpan, "images"u8);
            reader.Read();
            if (isImages)
            {
                CountImages(ref reader);
                reader.Skip();
            }
            else if (reader.TokenType is JsonTokenType.String)
            {
                AddText(ref reader);
            }
            else
            {
                // Calls of tools.
                var start = reader.TokenStartIndex;
                reader.Skip();
                _textBytes += reader.BytesConsumed - start;
            }
        }
    }
}
