using System.Net.Http.Headers;
using System.Text;
using LlamaGate.Api.Configuration;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.Application.Models;

namespace LlamaGate.Api.Tests.Native;

/// <summary>Calls of Ollama's own API, as its clients make them.</summary>
internal static class NativeCalls
{
    public const string Chat = "/api/chat";

    public const string Hi = """{"model":"plain","messages":[{"role":"user","content":"hi"}]}""";

    public static Task<HttpAnswer> CallAsync(
        this GatewayOverOllama bed, string method, string path, string? body = null, params (string Name, string Value)[] headers) =>
        bed.CallAsync(method, path, body is null ? null : Encoding.UTF8.GetBytes(body), headers);

    /// <summary>Without a Content-Type unless the headers have one: Ollama does not ask for it.</summary>
    public static async Task<HttpAnswer> CallAsync(
        this GatewayOverOllama bed, string method, string path, byte[]? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = body is null ? null : new ByteArrayContent(body) };
        foreach (var (name, value) in headers)
        {
            if (name == "Content-Type")
            {
                request.Content!.Headers.ContentType = MediaTypeHeaderValue.Parse(value);
            }
            else
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        using var response = await bed.Client.SendAsync(request);
        return await HttpAnswer.ReadAsync(response);
    }

    public static GatewaySettings WithAliases(this GatewaySettings settings, params (string Alias, string Model)[] aliases) =>
        settings with { ModelAliases = new ModelAliases(aliases.Select(pair => KeyValuePair.Create(pair.Alias, pair.Model))) };

    public static string ErrorText(this HttpAnswer answer)
    {
        Assert.Equal("application/json; charset=utf-8", answer.Headers["Content-Type"]);
        return Assert.Single(answer.Json.EnumerateObject(), member => member.Name == "error").Value.GetString()!;
    }
}
