using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using LlamaGate.Api.Tests.Hosting;

namespace LlamaGate.Api.Tests.Responses;

/// <summary>Calls of <c>/v1/responses</c> and what is read of their answers.</summary>
internal static partial class ResponseCalls
{
    public const string Path = "/v1/responses";

    public const string Tool =
        """{"type":"function","name":"get_weather","description":"Get the weather","parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]},"strict":true}""";

    /// <summary>What Ollama must be sent for <see cref="Tool"/>.</summary>
    public const string NativeTool =
        """{"type":"function","function":{"name":"get_weather","description":"Get the weather","parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}}""";

    /// <param name="fields">Members beside model and input, as JSON text.</param>
    public static string With(string fields) => "{\"model\":\"plain\",\"input\":\"hi\"" + (fields.Length > 0 ? "," : "") + fields + "}";

    public static async Task<HttpAnswer> RespondAsync(
        this GatewayOverOllama bed, string body, params (string Name, string Value)[] headers)
    {
        using var request = Request(body);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await bed.Client.SendAsync(request);
        return await HttpAnswer.ReadAsync(response);
    }

    /// <summary>Returns when the headers have come; the body is read event by event.</summary>
    public static async Task<EventStream> OpenResponseAsync(this GatewayOverOllama bed, string body)
    {
        using var request = Request(body);
        var response = await bed.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await EventStream.OfAsync(response);
    }

    /// <summary>Compares with <c>Golden/&lt;name&gt;.golden</c>; only random ids give way to words.</summary>
    public static void AssertGolden(string name, HttpAnswer answer) => Golden.AssertEqual(
        name,
        Encoding.Latin1.GetBytes(WithoutIds(Encoding.Latin1.GetString(answer.ToGolden()))),
        area: "Responses");

    public static string WithoutIds(string answer) => Id().Replace(answer, "${kind}_ID");

    private static HttpRequestMessage Request(string body) =>
        new(HttpMethod.Post, Path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    [GeneratedRegex("\\b(?<kind>resp|msg|rs|fc|ctc|tsc|sh)_[A-Za-z0-9]{24}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Id();
}
