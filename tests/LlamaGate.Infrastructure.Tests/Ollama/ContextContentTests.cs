using System.Text;
using LlamaGate.Infrastructure.Ollama;

namespace LlamaGate.Infrastructure.Tests.Ollama;

public sealed class ContextContentTests
{
    /// <summary>A body with a <c>|</c> where a member of its options may be inserted, and what is sent.</summary>
    public static TheoryData<string, string> Bodies => new()
    {
        { """{"model":"m"}""", """{"options":{"num_ctx":4096},"model":"m"}""" },
        { """{ "model" : "m" }""", """{"options":{"num_ctx":4096}, "model" : "m" }""" },
        { "{}", """{"options":{"num_ctx":4096}}""" },
        { "{ \r\n\t}", "{\"options\":{\"num_ctx\":4096} \r\n\t}" },
        { """{"options":{|"seed":1},"model":"m"}""", """{"options":{"num_ctx":4096,"seed":1},"model":"m"}""" },
        { """{"model":"é","options":{|}}""", """{"model":"é","options":{"num_ctx":4096}}""" },
        { "{\"options\":{| \r\n\t }}", "{\"options\":{\"num_ctx\":4096 \r\n\t }}" },
        { """{"options":{| "seed" : 1 }}""", """{"options":{"num_ctx":4096, "seed" : 1 }}""" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Body_OfACall_NamesTheContext(string marked, string expected)
    {
        var at = marked.IndexOf('|', StringComparison.Ordinal);
        var body = Encoding.UTF8.GetBytes(marked.Replace("|", "", StringComparison.Ordinal));
        using var content = new ContextContent(body, at < 0 ? null : Encoding.UTF8.GetByteCount(marked.AsSpan(0, at)), 4096);
        var length = content.Headers.ContentLength;

        var sent = await content.ReadAsByteArrayAsync();

        Assert.Equal(expected, Encoding.UTF8.GetString(sent));
        Assert.Equal(sent.Length, length);
    }
}
