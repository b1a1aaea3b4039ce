using System.Text.Json;
using CsCheck;
using LlamaGate.Application.Serialization;

namespace LlamaGate.Application.Tests.Serialization;

public class CanonicalJsonConverterTests
{
    private static readonly JsonSerializerOptions Options = new() { Converters = { new CanonicalJsonConverter() } };

    [Theory]
    [InlineData("1", "1")]
    [InlineData("1.0", "1")]
    [InlineData("1e0", "1")]
    [InlineData("100e-2", "1")]
    [InlineData("1.50", "1.5")]
    [InlineData("-0.25", "-0.25")]
    [InlineData("1e2", "100")]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335")]
    [InlineData("1e400", "1e400")]
    [InlineData(" { \"b\" : [ 1.0 , true , null , \"x\" ] , \"a\" : { } } ", "{\"b\":[1,true,null,\"x\"],\"a\":{}}")]
    public void Write_AnyValue_HasOneSpelling(string json, string canonical) => Assert.Equal(canonical, Write(json));

    [Fact]
    public void Write_OfWhatWasWritten_IsTheSame() => Gen.Double.Sample(number =>
    {
        if (double.IsFinite(number))
        {
            var once = Write(JsonSerializer.Serialize(number));
            Assert.Equal(once, Write(once));
        }
    });

    [Fact]
    public void SortMembers_OfAnObject_SortsItsOwnMembersOnly() => Assert.Equal(
        """{"A":{"z":1,"a":2},"a":1,"b":[2,1]}""",
        CanonicalJsonConverter.SortMembers(JsonElement.Parse("""{"b":[2,1],"A":{"z":1,"a":2},"a":1}""")).GetRawText());

    private static string Write(string json) => JsonSerializer.Serialize(JsonElement.Parse(json), Options);
}
