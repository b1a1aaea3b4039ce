using System.Buffers;
using System.Text;
using System.Text.Json;
using LlamaGate.Application.Dialects.ChatCompletions.Contracts;

namespace LlamaGate.Application.Tests.Serialization;

public class Utf8TextConverterTests
{
    [Theory]
    [InlineData("\"\"", "")]
    [InlineData("\"häß 漢 😀\"", "häß 漢 😀")]
    [InlineData(""" "a\n\"\u00e4\ud83d\ude00\/" """, "a\n\"ä😀/")]
    public void Read_AnyText_IsWhatTheJsonSays(string json, string expected) =>
        Assert.Equal(expected, Read(Bytes($$"""{"content":{{json}}}"""))?.Text.ToString());

    [Fact]
    public void Read_TextInTwoSegments_IsOneText()
    {
        var (first, second) = (new Segment(Bytes("{\"content\":\"ab\\u00")), Bytes("e4c\"}"));
        var reader = new Utf8JsonReader(new ReadOnlySequence<byte>(first, 0, first.Append(second), second.Length));
        var message = JsonSerializer.Deserialize(ref reader, ChatJsonContext.Instance.ChatCompletionRequestMessage);
        Assert.Equal("abäc", message?.Content?.Text.ToString());
    }

    [Fact]
    public void Read_HalfASurrogate_IsAFaultOfTheJson() =>
        Assert.Throws<JsonException>(() => Read(Bytes("""{"content":"\ud83d"}""")));

    [Fact]
    public void Read_BytesThatAreNoUtf8_IsAFaultOfTheJson() =>
        Assert.Throws<JsonException>(() => Read([.. Bytes("{\"content\":\""), 0xC3, 0x28, .. Bytes("\"}")]));

    [Fact]
    public void Write_WhatWasRead_IsTheSameText()
    {
        var message = JsonSerializer.Deserialize(
            """{"role":"user","content":"a\n\u00e4"}""", ChatJsonContext.Instance.ChatCompletionRequestMessage);
        Assert.Equal(
            """{"role":"user","content":"a\nä"}""",
            JsonSerializer.Serialize(message, ChatJsonContext.Instance.ChatCompletionRequestMessage!));
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static MessageContent? Read(byte[] message) =>
        JsonSerializer.Deserialize(message, ChatJsonContext.Instance.ChatCompletionRequestMessage)?.Content;

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory) => Memory = memory;

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory) { RunningIndex = RunningIndex + Memory.Length };
            Next = next;
            return next;
        }
    }
}
