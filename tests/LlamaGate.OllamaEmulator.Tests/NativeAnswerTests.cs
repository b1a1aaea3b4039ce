using LlamaGate.OllamaEmulator.Tests.Wire;

namespace LlamaGate.OllamaEmulator.Tests;

/// <summary>
/// Without any script the emulator gives, of its own understanding, the very answers Ollama was recorded to give.
/// </summary>
public sealed class NativeAnswerTests(SharedEmulator shared) : IClassFixture<SharedEmulator>
{
    [Theory]
    [InlineData("chat_bad_model_name")]
    [InlineData("chat_body_array")]
    [InlineData("chat_content_array")]
    [InlineData("chat_embed_model")]
    [InlineData("chat_empty_body")]
    [InlineData("chat_format_bad_string")]
    [InlineData("chat_format_number")]
    [InlineData("chat_get_method")]
    [InlineData("chat_images_bad_base64")]
    [InlineData("chat_images_unsupported")]
    [InlineData("chat_keep_alive_bad")]
    [InlineData("chat_malformed_json")]
    [InlineData("chat_messages_string")]
    [InlineData("chat_missing_model")]
    [InlineData("chat_missing_model_stream")]
    [InlineData("chat_model_number")]
    [InlineData("chat_no_model")]
    [InlineData("chat_option_bad_type")]
    [InlineData("chat_stop_string")]
    [InlineData("chat_think_bad")]
    [InlineData("chat_think_number")]
    [InlineData("chat_think_unsupported")]
    [InlineData("chat_tool_args_string")]
    [InlineData("chat_tools_unsupported_model")]
    [InlineData("chat_top_logprobs_25")]
    [InlineData("chat_top_logprobs_neg")]
    [InlineData("embed_chat_model")]
    [InlineData("embed_empty_array")]
    [InlineData("embed_empty_string")]
    [InlineData("embed_input_mixed")]
    [InlineData("embed_input_number")]
    [InlineData("embed_input_tokens")]
    [InlineData("embed_long_truncate_false")]
    [InlineData("embed_malformed_json")]
    [InlineData("embed_missing_model")]
    [InlineData("embed_no_input")]
    [InlineData("embeddings_legacy_empty")]
    [InlineData("embeddings_legacy_missing_model")]
    [InlineData("generate_images_unsupported")]
    [InlineData("generate_malformed_json")]
    [InlineData("generate_missing_model")]
    [InlineData("generate_raw_with_system")]
    [InlineData("generate_suffix_unsupported")]
    [InlineData("root_get")]
    [InlineData("root_head")]
    [InlineData("show_embed")]
    [InlineData("show_missing")]
    [InlineData("show_no_model")]
    [InlineData("show_ok")]
    [InlineData("show_tiny")]
    [InlineData("status")]
    [InlineData("tags")]
    [InlineData("unknown_path")]
    [InlineData("version")]
    public async Task Answer_ToTheRecordedRequest_IsTheRecordedBytes(string name)
    {
        var recording = Recording.Named(name);

        var response =
            await RawConnection.ExchangeAsync(shared.Emulator, recording.Method, recording.Path, recording.RequestBody);

        Assert.Equal(recording.Body, response.Body);
        Assert.Equal(recording.Status, response.Status);
        foreach (var header in new[] { "Content-Type", "Content-Length", "Transfer-Encoding", "Allow" })
        {
            Assert.Equal(recording.Headers.FirstOrDefault(h => h.Key == header).Value, response.Header(header));
        }
    }

    [Theory]
    [InlineData("chat_stream")]
    [InlineData("chat_nonstream")]
    [InlineData("chat_think_true")]
    [InlineData("chat_think_true_stream")]
    [InlineData("chat_think_unset")]
    [InlineData("chat_tools")]
    [InlineData("chat_tools_stream")]
    [InlineData("chat_tool_result")]
    [InlineData("chat_num_predict_length")]
    [InlineData("chat_num_predict_length_stream")]
    [InlineData("chat_load_no_messages")]
    [InlineData("chat_unload")]
    [InlineData("chat_trailing_garbage")]
    [InlineData("chat_format_json")]
    [InlineData("chat_wrong_content_type")]
    [InlineData("generate_stream")]
    [InlineData("generate_nonstream")]
    [InlineData("generate_think")]
    [InlineData("generate_think_stream")]
    [InlineData("generate_raw")]
    [InlineData("generate_load")]
    [InlineData("generate_unload")]
    [InlineData("embed_array")]
    [InlineData("embed_array_with_empty")]
    [InlineData("embed_dimensions")]
    [InlineData("embed_string")]
    [InlineData("embeddings_legacy")]
    public async Task Answer_ToTheRecordedRequest_HasTheRecordedShape(string name)
    {
        var recording = Recording.Named(name);

        var response =
            await RawConnection.ExchangeAsync(shared.Emulator, recording.Method, recording.Path, recording.RequestBody);

        Assert.Equal(recording.Status, response.Status);
        Assert.Equal(recording.Headers.First(h => h.Key == "Content-Type").Value, response.Header("Content-Type"));
        Assert.Equal(
            JsonShape.OfLines(recording.Body.Split('\n', StringSplitOptions.RemoveEmptyEntries)),
            JsonShape.OfLines(response.Lines));
        Assert.Equal(recording.Body.EndsWith('\n'), response.Body.EndsWith('\n'));
        if (recording.Chunks is not null)
        {
            Assert.Equal(response.Lines.Select(line => line + "\n"), response.Chunks, StringComparer.Ordinal);
        }
    }

    [Fact]
    public async Task Answer_Always_RepeatsDoneReasonAndModelAsTheClientWroteThem()
    {
        var response = await RawConnection.PostAsync(
            shared.Emulator, "/api/chat", """{"model":"plain:latest","stream":false,"messages":[{"role":"user","content":"hi"}]}""");

        Assert.StartsWith("""{"model":"plain:latest","created_at":"20""", response.Body, StringComparison.Ordinal);
        Assert.Contains(""","done":true,"done_reason":"stop","total_duration":""", response.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ps_AfterUse_HasTheRecordedShapeAndForgetsAfterUnload()
    {
        await using var emulator = await EmulatedOllama.StartAsync();
        Assert.Equal(Recording.Named("ps").Body, (await RawConnection.ExchangeAsync(emulator, "GET", "/api/ps")).Body);

        await RawConnection.PostAsync(emulator, "/api/chat", """{"model":"tiny"}""");
        var loaded = await RawConnection.ExchangeAsync(emulator, "GET", "/api/ps");
        await RawConnection.PostAsync(emulator, "/api/chat", """{"model":"tiny","keep_alive":0}""");
        var unloaded = await RawConnection.ExchangeAsync(emulator, "GET", "/api/ps");

        Assert.Equal(JsonShape.Of(Recording.Named("ps_loaded").Body), JsonShape.Of(loaded.Body));
        Assert.Equal(Recording.Named("ps_after_unload").Body, unloaded.Body);
    }
}
