using System.Text;
using CsCheck;
using LlamaGate.Application.Serialization;

namespace LlamaGate.Application.Tests.Serialization;

public class LoneSurrogatesTests
{
    [Theory]
    [InlineData(@"""a\ud83d""", @"""a\ufffd""")]
    [InlineData(@"""\uD83Da""", @"""\ufffda""")]
    [InlineData(@"""\udc00""", @"""\ufffd""")]
    [InlineData(@"""\ud83d\ud83d\ude00""", @"""\ufffd\ud83d\ude00""")]
    [InlineData(@"""\ude00\ud83d""", @"""\ufffd\ufffd""")]
    [InlineData(@"""\ud83d \ude00""", @"""\ufffd \ufffd""")]
    [InlineData(@"""\\\ud83d""", @"""\\\ufffd""")]
    [InlineData(@"{""\ud800"":1}", @"{""\ufffd"":1}")]
    public void Replace_OfHalfAPair_GivesTheReplacementCharacter(string json, string expected) => Assert.Equal(expected, Replaced(json));

    [Theory]
    [InlineData(@"""\ud83d\uDE00 \uD83D\ude00""")]
    [InlineData(@"""\\ud83d \\\\udc00""")]
    [InlineData(@"""\u4e2d\u00e9 \u""")]
    [InlineData(@"""\ud83")]
    [InlineData(@"""\ud8zz""")]
    [InlineData("")]
    public void Replace_OfOtherText_ChangesNothing(string json) => Assert.Equal(json, Replaced(json));

    /// <summary>Against the encoding's own rules: each half without its other one becomes U+FFFD, and all else stays.</summary>
    [Fact]
    public void Replace_OfAnyHalves_IsWhatTheEncodingSays() => Gen.Int[0, 4].Select(i => "a\ud83d\ude00\\中"[i]).Array[0, 12].Sample(chars =>
    {
        var json = string.Concat(chars.Select(c => c switch
        {
            '\\' => @"\\",
            'a' => "a",
            _ => $@"\u{(int)c:x4}",
        }));
        var expected = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(chars));
        Assert.Equal(expected, System.Text.Json.JsonSerializer.Deserialize<string>($"\"{Replaced(json)}\""));
    });

    private static string Replaced(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        LoneSurrogates.Replace(bytes);
        return Encoding.UTF8.GetString(bytes);
    }
}
