using System.Text;
using LlamaGate.Api.Tests.Hosting;

namespace LlamaGate.Api.Tests.Chat;

/// <summary>Bodies that cannot be read or break a rule: always the envelope, always the field at fault, and Ollama hears nothing.</summary>
public class BodyFaultTests(SharedGateway shared) : IClassFixture<SharedGateway>
{
    private const string User = "{\"role\":\"user\",\"content\":\"hi\"}";

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"x\"")]
    [InlineData("1")]
    [InlineData("true")]
    [InlineData("not json")]
    [InlineData("{\"model\":\"m\"")]
    [InlineData("{\"model\":\"m\",}")]
    [InlineData("{'model':'m'}")]
    [InlineData("{\"model\":\"m\",\"messages\":[" + User + "]}{}")]
    [InlineData("{\"model\":\"m\",\"messages\":[" + User + "]} x")]
    [InlineData("// comment\n{}")]
    [InlineData("{\"model\":\"m\n\"}")]
    [InlineData("{\"seed\":01}")]
    [InlineData("{\"seed\":NaN}")]
    [InlineData("{\"messages\":[{\"content\":\"\\ud83")]
    public async Task Body_ThatIsNoJsonObject_IsRefused(string body) =>
        await RefusedParamAsync(Encoding.UTF8.GetBytes(body));

    [Theory]
    [InlineData("{\"model\":1}", "model")]
    [InlineData("{\"model\":{}}", "model")]
    [InlineData("{\"model\":\"m\",\"messages\":{}}", "messages")]
    [InlineData("{\"model\":\"m\",\"messages\":\"hi\"}", "messages")]
    [InlineData("{\"model\":\"m\",\"messages\":[1]}", "messages[0]")]
    [InlineData("{\"model\":\"m\",\"messages\":[" + User + ",{\"role\":7}]}", "messages[1].role")]
    [InlineData("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":5}]}", "messages[0].content")]
    [InlineData("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":{}}]}", "messages[0].content")]
    [InlineData("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[1]}]}", "messages[0].content[0]")]
    [InlineData("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":1}]}]}", "messages[0].content[0].type")]
    [InlineData("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":[]}]}]}", "messages[0].content[0].text")]
    [InlineData("{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":1}}]}]}", "messages[0].content[0].image_url.url")]
    [InlineData("{\"messages\":[{\"content\":[{\"type\":\"text\"},{\"image_url\":7}]}]}", "messages[0].content[1].image_url")]
    [InlineData("{\"messages\":[{\"role\":\"assistant\",\"tool_calls\":{}}]}", "messages[0].tool_calls")]
    [InlineData("{\"messages\":[{\"tool_calls\":[{\"function\":{\"name\":{}}}]}]}", "messages[0].tool_calls[0].function.name")]
    [InlineData("{\"temperature\":\"hot\"}", "temperature")]
    [InlineData("{\"temperature\":true}", "temperature")]
    [InlineData("{\"seed\":1.5}", "seed")]
    [InlineData("{\"seed\":9223372036854775808}", "seed")]
    [InlineData("{\"max_tokens\":1e400}", "max_tokens")]
    [InlineData("{\"stream\":\"true\"}", "stream")]
    [InlineData("{\"stream\":1}", "stream")]
    [InlineData("{\"stream_options\":true}", "stream_options")]
    [InlineData("{\"stream_options\":{\"include_usage\":\"yes\"}}", "stream_options.include_usage")]
    [InlineData("{\"stop\":5}", "stop")]
    [InlineData("{\"stop\":[5]}", "stop")]
    [InlineData("{\"stop\":[\"a\",null]}", "stop")]
    [InlineData("{\"stop\":{}}", "stop")]
    [InlineData("{\"tools\":{}}", "tools")]
    [InlineData("{\"tools\":[{\"type\":\"function\",\"function\":7}]}", "tools[0].function")]
    [InlineData("{\"tools\":[{\"function\":{\"name\":{}}}]}", "tools[0].function.name")]
    [InlineData("{\"tool_choice\":5}", "tool_choice")]
    [InlineData("{\"tool_choice\":{}}", "tool_choice")]
    [InlineData("{\"response_format\":\"json\"}", "response_format")]
    [InlineData("{\"response_format\":{\"type\":5}}", "response_format.type")]
    [InlineData("{\"response_format\":{\"json_schema\":[]}}", "response_format.json_schema")]
    [InlineData("{\"logprobs\":1}", "logprobs")]
    [InlineData("{\"reasoning_effort\":1}", "reasoning_effort")]
    public async Task Body_OfWrongTypes_IsRefusedAtThePath(string body, string param) =>
        Assert.Equal(param, await RefusedParamAsync(Encoding.UTF8.GetBytes(body)));

    [Theory]
    [InlineData("{}", "model")]
    [InlineData("{\"model\":\"\"}", "model")]
    [InlineData("{\"model\":null,\"messages\":[" + User + "]}", "model")]
    [InlineData("{\"model\":\"m\"}", "messages")]
    [InlineData("{\"model\":\"m\",\"messages\":[]}", "messages")]
    [InlineData("{\"model\":\"m\",\"messages\":[null]}", "messages[0]")]
    [InlineData("{\"model\":\"m\",\"messages\":[" + User + ",{\"role\":\"wizard\",\"content\":\"\"}]}", "messages[1].role")]
    [InlineData("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":null}]}", "messages[0].content")]
    [InlineData("{\"model\":\"m\",\"messages\":[" + User + "],\"temperature\":2.1}", "temperature")]
    [InlineData("{\"model\":\"m\",\"messages\":[" + User + "],\"temperature\":1e308}", "temperature")]
    [InlineData("{\"model\":\"m\",\"messages\":[" + User + "],\"temperature\":1e400}", "temperature")]
    [InlineData("{\"model\":\"m\",\"messages\":[" + User + "],\"max_tokens\":0}", "max_tokens")]
    [InlineData("{\"model\":\"m\",\"messages\":[" + User + "],\"options\":[]}", "options")]
    [InlineData("{\"model\":\"m\",\"messages\":[" + User + "],\"keep_alive\":true}", "keep_alive")]
    [InlineData("{\"model\":\"m\",\"messages\":[" + User + "],\"think\":\"deep\"}", "think")]
    public async Task Body_ThatBreaksARule_IsRefusedAtThePath(string body, string param) =>
        Assert.Equal(param, await RefusedParamAsync(Encoding.UTF8.GetBytes(body)));

    [Theory]
    [InlineData("{\"model\":\"§\"}", "model")]
    [InlineData("{\"messages\":[{\"role\":\"§\"}]}", "messages[0].role")]
    [InlineData("{\"messages\":[{\"content\":\"§\"}]}", "messages[0].content")]
    [InlineData("{\"messages\":[{\"content\":[{\"type\":\"text\",\"text\":\"§\"}]}]}", "messages[0].content[0].text")]
    [InlineData("{\"messages\":[{\"tool_calls\":[{\"function\":{\"arguments\":\"§\"}}]}]}", "messages[0].tool_calls[0].function.arguments")]
    [InlineData("{\"stop\":\"§\"}", "stop")]
    [InlineData("{\"stop\":[\"§\"]}", "stop")]
    [InlineData("{\"tool_choice\":{\"function\":{\"name\":\"§\"}}}", "tool_choice")]
    [InlineData("{\"tools\":[{\"function\":{\"parameters\":{\"a\":[\"§\"]}}}]}", "tools[0].function.parameters")]
    [InlineData("{\"tools\":[{\"function\":{\"parameters\":{\"§\":1}}}]}", "tools[0].function.parameters")]
    [InlineData("{\"response_format\":{\"json_schema\":{\"schema\":{\"a\":\"§\"}}}}", "response_format.json_schema.schema")]
    [InlineData("{\"options\":{\"a\":\"§\"}}", "options")]
    [InlineData("{\"messages\":[{\"content\":[{\"type\":\"text\",\"more\":{\"a\":\"§\"}}]}]}", "messages[0].content[0].more")]
    [InlineData("{\"unknown\":\"§\"}", "unknown")]
    [InlineData("{\"unknown\":{\"deep\":[\"§\"]}}", "unknown")]
    [InlineData("{\"user\":\"§\"}", "user")]
    public async Task Text_ThatIsNoUnicode_IsRefusedAtThePath(string body, string param)
    {
        // Not UTF-8 at all, an overlong form, and a raw surrogate.
        foreach (var bad in (byte[][])[[0xFF], [0xC0, 0xAF], [0xED, 0xA0, 0x80]])
        {
            Assert.Equal(param, await RefusedParamAsync(Bytes(body, bad)));
        }
    }

    [Theory]
    [InlineData("{\"§\":1}")]
    [InlineData("{\"messages\":[{\"§\":1}]}")]
    public async Task Name_ThatIsNoUnicode_IsRefused(string body) => await RefusedParamAsync(Bytes(body, [0xFF]));

    [Theory]
    [InlineData("{\"messages\":")]
    [InlineData("{\"unknown\":")]
    [InlineData("{\"tools\":[{\"function\":{\"parameters\":")]
    [InlineData("")]
    public async Task Nesting_OfTenThousandLevels_IsRefused(string start)
    {
        await RefusedParamAsync(Encoding.UTF8.GetBytes(start + new string('[', 10_000)));
        await RefusedParamAsync(
            Encoding.UTF8.GetBytes(start + string.Concat(Enumerable.Repeat("{\"a\":", 10_000)) + "1" + new string('}', 10_000)));
    }

    private static byte[] Bytes(string body, byte[] insert)
    {
        var parts = body.Split('§');
        return [.. Encoding.UTF8.GetBytes(parts[0]), .. insert, .. Encoding.UTF8.GetBytes(parts[1])];
    }

    private async Task<string?> RefusedParamAsync(byte[] body)
    {
        var before = shared.Bed.Ollama.Requests.Count;
        var answer = await shared.Bed.ChatAsync(body);
        Assert.True(answer.Status == 400, $"{answer.Status} {answer.Body}");
        Assert.Equal("application/json; charset=utf-8", answer.Headers["Content-Type"]);
        Assert.Equal("error", Assert.Single(answer.Json.EnumerateObject()).Name);
        Assert.Equal("message type param code", string.Join(' ', answer.Error.EnumerateObject().Select(m => m.Name)));
        Assert.Equal("invalid_request_error", answer.Error.GetProperty("type").GetString());
        Assert.Null(answer.ErrorCode);
        Assert.DoesNotContain("LlamaGate", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", answer.Body, StringComparison.Ordinal);
        Assert.Equal(before, shared.Bed.Ollama.Requests.Count);
        return answer.Error.GetProperty("param").GetString();
    }
}
