using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using LlamaGate.Api.Tests.Hosting;

namespace LlamaGate.Api.Tests.Dialects;

/// <summary>What real clients send, step by step, through the gateway: what reaches Ollama, and what comes back.</summary>
public partial class DialectCaseTests
{
    public static TheoryData<string> Names() => new(DialectCase.Names);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Case_OfAClient_IsAnsweredAsItNeeds(string name)
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        var answers = new List<HttpAnswer>();
        var differences = new List<string>();
        foreach (var step in DialectCase.Read(name).Steps)
        {
            bed.Ollama.Reset();
            bed.Ollama.Respond(new DialectUpstream(step.Upstream).Answer);
            using var request = ToRequest(step.Request, answers);
            using var response = await bed.Client.SendAsync(request);
            answers.Add(await HttpAnswer.ReadAsync(response));
            differences.AddRange(DialectComparison.Differences(step, answers[^1], bed.Ollama.Requests)
                .Select(difference => $"step {answers.Count}: {difference}"));
        }

        Assert.True(differences.Count == 0, $"{name}\n{string.Join('\n', differences)}");
    }

    private static HttpRequestMessage ToRequest(JsonElement told, IReadOnlyList<HttpAnswer> answers)
    {
        var request = new HttpRequestMessage(new HttpMethod(told.GetProperty("method").GetString()!), told.GetProperty("path").GetString());
        if (told.TryGetProperty("body", out var body))
        {
            var text = Earlier().Replace(JsonSerializer.Serialize(body), match => IdIn(answers, match));
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        }

        foreach (var header in told.GetProperty("headers").EnumerateObject())
        {
            _ = request.Headers.TryAddWithoutValidation(header.Name, header.Value.GetString())
                || (request.Content?.Headers.TryAddWithoutValidation(header.Name, header.Value.GetString()) ?? false);
        }

        return request;
    }

    /// <summary>The first id with that prefix in the answer to that step.</summary>
    private static string IdIn(IReadOnlyList<HttpAnswer> answers, Match asked)
    {
        var body = answers[int.Parse(asked.Groups["step"].ValueSpan, provider: null) - 1].Body;
        var at = body.IndexOf($"\"{asked.Groups["prefix"].Value}", StringComparison.Ordinal) + 1;
        Assert.True(at > 0, $"There is no {asked.Value} in {body}");
        return body[at..body.IndexOf('"', at)];
    }

    [GeneratedRegex(@"\{\{(?<step>[0-9]+):(?<prefix>[a-z]+_)\}\}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Earlier();
}
