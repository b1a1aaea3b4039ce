using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Mvc;

namespace LlamaGate.Api.Json;

/// <summary>Answers 200 with a contract. There is only one format, so MVC's search for a formatter is skipped.</summary>
/// <param name="answer">The contract.</param>
internal sealed class JsonAnswer<T>(T answer, JsonTypeInfo<T> type) : IActionResult
{
    public Task ExecuteResultAsync(ActionContext context) => JsonBody.WriteAsync(
        context.HttpContext, answer, (writer, contract) => JsonSerializer.Serialize(writer, contract, type));
}
