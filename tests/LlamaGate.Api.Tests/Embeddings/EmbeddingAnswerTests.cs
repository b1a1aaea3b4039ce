using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Embeddings;

/// <summary>Whole answers made of recordings, byte for byte: <c>Golden/&lt;recording&gt;.golden</c>.</summary>
public class EmbeddingAnswerTests(SharedGateway shared) : IClassFixture<SharedGateway>
{
    [Theory]
    [InlineData("embed_string", "\"why is the sky blue\"", "")]
    [InlineData("embed_string", "\"why is the sky blue\"", ",\"encoding_format\":\"base64\"", "_base64")]
    [InlineData("embed_array", "[\"why is the sky blue\",\"grass is green\"]", ",\"encoding_format\":\"float\"")]
    [InlineData("embed_dimensions", "\"sky\"", ",\"dimensions\":8")]
    public async Task Answer_OfARecording_IsThisExactly(string recording, string input, string fields, string variant = "")
    {
        shared.Bed.Ollama.Enqueue(Scenario.Recorded(recording));
        var answer = await shared.Bed.PostAsync(EmbeddingBody.Path, $$"""{"model":"embed","input":{{input}}{{fields}}}""");
        Golden.AssertEqual(recording + variant, answer.ToGolden(), "Embeddings");
    }

    [Theory]
    [InlineData("embed_missing_model")]
    [InlineData("embed_chat_model")]
    [InlineData("embed_long_truncate_false")]
    [InlineData("chat_queue_full_503")]
    [InlineData("chat_option_bad_type")]
    [InlineData("chat_keep_alive_bad")]
    public async Task Refusal_OfARecording_IsThisExactly(string recording)
    {
        shared.Bed.Ollama.Enqueue(Scenario.Recorded(recording));
        var answer = await shared.Bed.PostAsync(EmbeddingBody.Path, EmbeddingBody.Hi);
        Golden.AssertEqual("error_" + recording, answer.ToGolden(), "Embeddings");
    }

    [Fact]
    public async Task Floats_OfTheRecording_AreItsDecimals()
    {
        shared.Bed.Ollama.Enqueue(Scenario.Recorded("embed_array"));
        var answer = await shared.Bed.PostAsync(EmbeddingBody.Path, EmbeddingBody.Of("[\"a\",\"b\"]"));
        var recorded = JsonElement.Parse(Recording.Named("embed_array").Body).GetProperty("embeddings");
        var data = answer.Json.GetProperty("data");
        for (var i = 0; i < recorded.GetArrayLength(); i++)
        {
            Assert.Equal(recorded[i].GetRawText(), data[i].GetProperty("embedding").GetRawText());
        }
    }

    [Fact]
    public async Task Base64_OfTheRecording_IsTheSameAsOllamasOwnLayerGives()
    {
        shared.Bed.Ollama.Enqueue(Scenario.Recorded("embed_string"));
        var answer = await shared.Bed.PostAsync(EmbeddingBody.Path, EmbeddingBody.With("\"encoding_format\":\"base64\""));
        var expected = JsonElement.Parse(Recording.Named("oa_emb_base64").Body).GetProperty("data")[0].GetProperty("embedding");
        Assert.Equal(expected.GetString(), answer.Json.GetProperty("data")[0].GetProperty("embedding").GetString());
    }

    [Theory]
    [InlineData("1e-45")]
    [InlineData("-1.1754944E-38")]
    [InlineData("3.4028235e38")]
    [InlineData("0.1")]
    [InlineData("16777217")]
    [InlineData("-0.0")]
    [InlineData("0.30000001192092896")]
    public async Task Number_OfAnyKind_KeepsItsBitsInBothForms(string number)
    {
        var bits = BitConverter.SingleToInt32Bits(float.Parse(number, CultureInfo.InvariantCulture));
        var floats = await AskAsync("float", number);
        Assert.Equal(bits, BitConverter.SingleToInt32Bits(float.Parse(floats[0].GetRawText(), CultureInfo.InvariantCulture)));
        var base64 = await AskAsync("base64", number);
        Assert.Equal(bits, BinaryPrimitives.ReadInt32LittleEndian(Convert.FromBase64String(base64.GetString()!)));
    }

    private async Task<JsonElement> AskAsync(string format, string number)
    {
        shared.Bed.Ollama.Enqueue(Plain($$"""{"model":"embed","embeddings":[[{{number}},1]]}"""));
        var answer = await shared.Bed.PostAsync(EmbeddingBody.Path, EmbeddingBody.With($"\"encoding_format\":\"{format}\""));
        Assert.True(answer.Status == 200, answer.Body);
        return answer.Json.GetProperty("data")[0].GetProperty("embedding");
    }

    private static Scenario Plain(string body) =>
        new() { Answer = new RawAnswer(200, "application/json") { Body = System.Text.Encoding.UTF8.GetBytes(body) } };
}
