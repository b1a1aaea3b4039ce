using System.Text.Json;
using FluentValidation;
using LlamaGate.Application.Dialects.ChatCompletions.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace LlamaGate.Api.Tests.OpenApi;

/// <summary>Examples are what is said to be possible: so they are sent, and read.</summary>
public sealed class ExampleTests(DescribedGateway gateway) : IClassFixture<DescribedGateway>
{
    private const string Chat = "/v1/chat/completions";

    [Fact]
    public async Task ChatRequests_All_WorkAsTheyStand()
    {
        var examples = gateway.Examples(Chat, "post").ToList();
        Assert.Equal(["plain", "streamed", "tools", "json_schema", "vendor"], examples.Select(example => example.Name), StringComparer.Ordinal);
        foreach (var example in examples)
        {
            var body = example.Value.GetProperty("value");
            Assert.Empty(gateway.Schemas.Validate("ChatCompletionRequest", body));
            var request = body.Deserialize(ChatJsonContext.Instance.ChatCompletionRequest)!;
            var validator = gateway.Services.GetRequiredService<IValidator<ChatCompletionRequest>>();
            Assert.Empty((await validator.ValidateAsync(request)).Errors);
            Assert.Null(request.Unknown);
            Assert.Equal("demo:latest", request.Model);
            Assert.Equal(200, (await gateway.ChatAsync(body.GetRawText())).Status);
        }
    }

    [Fact]
    public void Answers_All_FitTheirSchemas() => Assert.All(gateway.Operations, described =>
    {
        var (method, path, operation) = described;
        foreach (var answer in operation.GetProperty("responses").EnumerateObject()
            .Where(answer => answer.Value.TryGetProperty("content", out var content) && content.TryGetProperty("application/json", out _)))
        {
            Assert.All(gateway.Examples(path, method.ToLowerInvariant(), answer.Name), example => Assert.Empty(
                gateway.Schemas.ValidateAnswer(method, path, int.Parse(answer.Name), example.Value.GetProperty("value"))));
        }
    });

    [Fact]
    public void Streams_All_AreFramesOfChunks()
    {
        var streams = gateway.Examples(Chat, "post", "200", "text/event-stream")
            .ToDictionary(
                example => example.Name, example => Events(example.Value.GetProperty("value").GetString()!), StringComparer.Ordinal);
        Assert.Equal("[DONE]", streams["stream"][^1]);
        Assert.Empty(gateway.Schemas.Validate("OpenAIError", JsonElement.Parse(streams["broken_stream"][^1])));
        var chunks = streams.Values.SelectMany(events => events.SkipLast(1)).ToList();
        Assert.All(chunks, data =>
        {
            Assert.Empty(gateway.Schemas.Validate("ChatCompletionChunk", JsonElement.Parse(data)));
            Assert.NotEmpty(JsonSerializer.Deserialize(data, ChatJsonContext.Instance.ChatCompletionChunk).Id);
        });
        Assert.Contains(chunks, data => data.Contains("\"role\":\"assistant\"", StringComparison.Ordinal));
        Assert.Contains(chunks, data => data.Contains("\"finish_reason\":\"stop\"", StringComparison.Ordinal));
        Assert.Contains(chunks, data => data.Contains("\"total_tokens\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ModelParameter_Example_IsThere()
    {
        var parameter = gateway.Document.GetProperty("paths").GetProperty("/v1/models/{id}").GetProperty("get").GetProperty("parameters")[0];
        Assert.Equal(200, (await gateway.GetAsync("/v1/models/" + parameter.GetProperty("example").GetString())).Status);
    }

    private static List<string> Events(string stream)
    {
        Assert.EndsWith("\n\n", stream, StringComparison.Ordinal);
        var events = stream.Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        return [.. events.Select(text => text.StartsWith("data: ", StringComparison.Ordinal) ? text["data: ".Length..] : throw new FormatException(text))];
    }
}
