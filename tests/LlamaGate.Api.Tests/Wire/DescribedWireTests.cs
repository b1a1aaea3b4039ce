using System.Text.Json;
using LlamaGate.Api.Tests.OpenApi;

namespace LlamaGate.Api.Tests.Wire;

/// <summary>
/// Every answer of the wire table, which the gateway gives byte for byte, fits what the API's description says of it.
/// </summary>
public sealed class DescribedWireTests(DescribedGateway gateway) : IClassFixture<DescribedGateway>
{
    private static readonly Dictionary<string, string> Chunks = new(StringComparer.Ordinal)
    {
        ["/v1/chat/completions"] = "ChatCompletionChunk",
        ["/v1/completions"] = "Completion",
        ["/v1/responses"] = "ResponseStreamEvent",
        ["/v1/messages"] = "MessageStreamEvent",
    };

    [Fact]
    public void Answers_OfTheWireTable_FitTheirDescription()
    {
        var checkedAnswers = 0;
        var faults = new List<string>();
        foreach (var one in WireCaseFile.ReadAll().SelectMany(file => file.Cases))
        {
            foreach (var step in one.Steps)
            {
                // The models in Anthropic's form have no description of their own.
                var isAnthropics = one.Row == "models.anthropic";
                if (!isAnthropics && Described(step.Request) is { } route && step.Expect is { } expected)
                {
                    checkedAnswers++;
                    faults.AddRange(Faults(route.Method, route.Path, expected).Select(fault => $"{one.Key}: {fault}"));
                }
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults.Take(20)));
        Assert.True(checkedAnswers > 500, $"Only {checkedAnswers} answers were checked.");
    }

    /// <summary>The described route of a request; null for one that is not described (an unknown path, a wrong method).</summary>
    private (string Method, string Path)? Described(string request)
    {
        var (method, path) = (request.Split(' ')[0], request.Split(' ')[1]);
        path = path.StartsWith("/v1/models/", StringComparison.Ordinal) ? "/v1/models/{id}" : path;
        return gateway.Operations.Any(o => o.Method == method && o.Path == path) ? (method, path) : null;
    }

    private IEnumerable<string> Faults(string method, string path, WireExpectation expected)
    {
        if (expected.Events is { } frames)
        {
            return frames.SelectMany(frame => frame.Split('\n'))
                .Where(line => line.StartsWith("data: {", StringComparison.Ordinal))
                .Select(line => JsonElement.Parse(line["data: ".Length..]))
                .SelectMany(data => gateway.Schemas.Validate(NameOf(data, path), data));
        }

        // What Ollama refuses with 402, 410 or 412 is described with 403, which names them: a page of its own for each would hide the rest.
        var status = expected.Status is 402 or 410 or 412 ? 403 : expected.Status;
        return gateway.Schemas.ValidateAnswer(method, path, status, JsonElement.Parse(expected.Text));
    }

    private static string NameOf(JsonElement data, string path) => data switch
    {
        _ when !data.TryGetProperty("error", out var error) || error.ValueKind != JsonValueKind.Object => Chunks[path],
        _ when !data.TryGetProperty("type", out _) => "OpenAIError",
        _ => path == "/v1/messages" ? "AnthropicError" : "ResponseErrorEvent",
    };
}
