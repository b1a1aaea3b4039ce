using LlamaGate.Api.Json;
using LlamaGate.Api.Requests;
using LlamaGate.Application.Conversations;
using LlamaGate.Application.Dialects;
using Microsoft.AspNetCore.Mvc;

namespace LlamaGate.Api.Streaming;

/// <summary>Answers with a whole conversation at once. An upstream failure is thrown while reading and keeps its status.</summary>
internal sealed class AnswerResult(ConversationStream stream, IAnswerWriter writer) : IActionResult
{
    public async Task ExecuteResultAsync(ActionContext context)
    {
        var http = context.HttpContext;
        await using var source = stream;
        // Before reading, which may fail, so that the log has the facts known until then.
        http.Exchange().Answer = new ConversationFacts(source);
        var answer = await source.ReadToEndAsync();
        await JsonBody.WriteAsync(http, answer, writer.Write);
    }
}
