using System.Text.Json;
using LlamaGate.Api.Errors;
using LlamaGate.Api.Requests;
using LlamaGate.Api.Streaming;
using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Dialects;
using LlamaGate.Domain.Conversations;
using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Generation;
using Microsoft.AspNetCore.Mvc;

namespace LlamaGate.Api.Tests.Running;

/// <summary>Endpoints that answer with a conversation, in a dialect of their own.</summary>
[Speaks<ShoutedFields>]
internal sealed class DialectController(Conversations conversations) : ControllerBase
{
    [HttpGet("/v1/dialect/plain")]
    public IActionResult Plain() => new AnswerResult(Open(isStream: false), new DialectWriter());

    [HttpGet("/v1/dialect/stream")]
    public IActionResult Stream() => new ServerSentEventsResult(Open(isStream: true), new DialectWriter());

    private ScriptedConversation Open(bool isStream)
    {
        HttpContext.Exchange().Describe("m", isStream, () => ["logit_bias", "EFFORT"]);
        conversations.Context = HttpContext.ToRequestContext();
        return conversations.Next;
    }
}

/// <summary>What the endpoints answer with, and what they were told.</summary>
internal sealed class Conversations
{
    public ScriptedConversation Next { get; set; } = new()
    {
        Cache = CacheOutcome.Miss,
        KnownUsage = new TokenUsage(5000, 120),
        KnownTimings = new GenerationTimings(default, default, default),
        KnownUpstreamTime = TimeSpan.FromMilliseconds(44),
    };

    public RequestContext? Context { get; set; }
}

internal sealed class ShoutedFields : IFieldNames
{
    public static string? Spell(RequestField field, string? optionName) =>
        field is RequestField.Suffix ? null : field.ToString().ToUpperInvariant() + optionName;
}

internal sealed class DialectWriter : IAnswerWriter, IStreamWriter
{
    public void Write(Utf8JsonWriter json, ConversationAnswer answer)
    {
        json.WriteStartObject();
        json.WriteNumber("tokens", answer.Usage.TotalTokens);
        json.WriteEndObject();
    }

    public void Write(SseWriter output, ConversationUpdate update) => output.WriteEvent("1"u8);

    public void WriteEnd(SseWriter output) => output.WriteEvent("end"u8);

    public void WriteFailure(SseWriter output, DialectError error) => output.WriteEvent(error.Body.Span);

    public void WriteKeepAlive(SseWriter output) => output.WriteComment("still here");
}
