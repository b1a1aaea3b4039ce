using System.Text.Json;
using LlamaGate.Application.Serialization;

namespace LlamaGate.Application.Tests.Serialization;

public class RawJsonConverterTests
{
    private static readonly JsonSerializerOptions Options = new() { Converters = { new RawJsonConverter() } };

    [Theory]
    [InlineData("{\"a\":\"é🙂\",\"b\":[1.0,1e2,null],\"a\":1}")]
    [InlineData("\"\\ud83d\\ude42 \\uD83D\\uDE42 \\u0000 \\\\ud800\"")]
    [InlineData("{\"\\ud83d\\ude42\":\"\\u2028\"}")]
    public void Read_OfUnicode_KeepsItAsItStands(string json) =>
        Assert.Equal(json, JsonSerializer.Deserialize<JsonElement>(json, Options).GetRawText());

    [Theory]
    [InlineData("\"\\ud800\"")]
    [InlineData("\"\\uDC00\"")]
    [InlineData("{\"a\":[{\"b\":\"x\\udfffy\"}]}")]
    [InlineData("{\"\\ud800\":1}")]
    [InlineData("[\"\\ud83d \\ude42\"]")]
    public void Read_OfALoneSurrogate_IsAFaultOfTheContract(string json) =>
        Assert.Throws<ContractException>(() => JsonSerializer.Deserialize<JsonElement>(json, Options));

    [Theory]
    [InlineData(new byte[] { 0xFF })]
    [InlineData(new byte[] { 0xC3 })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData(new byte[] { 0xF5, 0x80, 0x80, 0x80 })]
    public void Read_OfBytesThatAreNoUtf8_IsAFaultOfTheContract(byte[] bad)
    {
        byte[] inValue = [.. "{\"a\":\""u8, .. bad, .. "\"}"u8];
        byte[] inName = [.. "{\""u8, .. bad, .. "\":1}"u8];
        Assert.Throws<ContractException>(() => JsonSerializer.Deserialize<JsonElement>(inValue, Options));
        Assert.Throws<ContractException>(() => JsonSerializer.Deserialize<JsonElement>(inName, Options));
    }
}
