using LlamaGate.OllamaEmulator.Tests.Wire;

namespace LlamaGate.OllamaEmulator.Tests;

/// <summary>Scripted answers look as recorded ones look: same members, same order, same kinds, same framing.</summary>
public sealed class ScriptedAnswerTests(SharedEmulator shared) : IClassFixture<SharedEmulator>
{
    [Theory]
    [InlineData("emu:tokens-7", "chat_stream")]
    [InlineData("emu:think-6_tokens-5", "chat_think_true_stream")]
    [InlineData("emu:tools-own", "chat_tools_stream")]
    [InlineData("emu:tools-own_tokens-2", "chat_tools_text_then_tool_stream")]
    [InlineData("emu:tools-own_calls-2", "chat_parallel_tools_stream")]
    [InlineData("emu:tools-done", "jinja_chat_tools_stream")]
    [InlineData("emu:tokens-5_reason-length", "chat_num_predict_length_stream")]
    [InlineData("emu:tokens-40_fail-error", "chat_midstream_runner_killed")]
    [InlineData("emu:tokens-31_fail-silent", "chat_token_repeat_abort_stream")]
    public async Task Stream_OfTheScript_HasTheRecordedShape(string model, string name)
    {
        var recording = Recording.Named(name);

        var response = await shared.Emulator.ChatAsync(model);

        Assert.Equal(200, response.Status);
        Assert.Equal("application/x-ndjson", response.Header("Content-Type"));
        Assert.Equal("chunked", response.Header("Transfer-Encoding"));
        Assert.Equal(
            JsonShape.OfLines(recording.Body.Split('\n', StringSplitOptions.RemoveEmptyEntries)),
            JsonShape.OfLines(response.Lines));
        Assert.Equal(response.Lines.Select(line => line + "\n"), response.Chunks, StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("emu:tokens-7", "chat_nonstream")]
    [InlineData("emu:think-6_tokens-5", "chat_think_true")]
    [InlineData("emu:tools-own", "chat_tools")]
    [InlineData("emu:tools-done", "jinja_chat_tools")]
    [InlineData("emu:tokens-31_fail-silent", "chat_token_repeat_abort")]
    [InlineData("emu:fail-error", "chat_nonstream_runner_killed")]
    public async Task Plain_OfTheScript_HasTheRecordedShape(string model, string name)
    {
        var recording = Recording.Named(name);

        var response = await shared.Emulator.ChatAsync(model, stream: false);

        Assert.Equal(recording.Status, response.Status);
        Assert.Equal("application/json; charset=utf-8", response.Header("Content-Type"));
        Assert.Equal(JsonShape.Of(recording.Body), JsonShape.Of(response.Body));
        Assert.Empty(response.Chunks);
    }

    [Theory]
    [InlineData("emu:busy", "chat_queue_full_503")]
    [InlineData("emu:status-503", "chat_queue_full_503")]
    [InlineData("emu:loadfail", "chat_model_load_failure")]
    [InlineData("emu:status-501", "embed_chat_model")]
    [InlineData("emu:status-400", "chat_prompt_longer_than_ctx_notrunc")]
    [InlineData("emu:status-403", "chat_bad_host")]
    public async Task Error_BeforeTheFirstByte_IsTheRecordedOne(string model, string name)
    {
        var response = await shared.Emulator.ChatAsync(model);

        Assert.Equal(Recording.Named(name).Status, response.Status);
        Assert.Equal(Recording.Named(name).Body, response.Body);
    }

    [Fact]
    public async Task ErrorLine_MidStream_IsTheRecordedOne()
    {
        var response = await shared.Emulator.ChatAsync("emu:tokens-9_fail-error_at-3");

        var recorded =
            Recording.Named("chat_midstream_runner_killed").Body.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, response.Lines.Length);
        Assert.Equal(recorded[^1], response.Lines[^1]);
    }

    [Fact]
    public async Task ToolCallIds_OfBothForms_LookAsRecorded()
    {
        var own = await shared.Emulator.ChatAsync("emu:tools-own");
        var done = await shared.Emulator.ChatAsync("emu:tools-done");

        Assert.Matches("\"id\":\"call_[a-z0-9]{8}\"", own.Body);
        Assert.Matches("\"id\":\"[A-Za-z0-9]{32}\"", done.Body);
    }

    [Theory]
    [InlineData("emu:wibble", "emulator: unknown directive 'wibble'")]
    [InlineData("emu:tokens-many", "emulator: 'many' is no whole number")]
    [InlineData("emu:first-5", "emulator: '5' is no time such as 500ms or 2s")]
    [InlineData("emu:fail-softly", "emulator: a failure is silent, error, reset, hang or garbage, not 'softly'")]
    public async Task Directive_ThatCannotBeRead_IsRefusedByName(string model, string error)
    {
        var response = await shared.Emulator.ChatAsync(model);

        Assert.Equal(400, response.Status);
        Assert.Equal($$"""{"error":"{{error}}"}""", response.Body);
    }

    [Fact]
    public async Task Embed_OfAScriptedModel_EmbedsOrFailsAsScripted()
    {
        var vectors = await RawConnection.PostAsync(shared.Emulator, "/api/embed", """{"model":"emu:tokens-1","input":["a","b"]}""");
        var busy = await RawConnection.PostAsync(shared.Emulator, "/api/embed", """{"model":"emu:busy","input":"a"}""");

        Assert.Equal(JsonShape.Of(Recording.Named("embed_array").Body), JsonShape.Of(vectors.Body));
        Assert.Equal(503, busy.Status);
    }

    [Theory]
    [InlineData("emu:tokens-3_fail-reset")]
    [InlineData("recording/chat_stream")]
    public async Task Show_OfAScriptedModel_OffersEveryCapability(string model)
    {
        var response = await RawConnection.PostAsync(shared.Emulator, "/api/show", $$"""{"model":"{{model}}"}""");

        Assert.Equal(200, response.Status);
        Assert.Equal(JsonShape.Of(Recording.Named("show_ok").Body), JsonShape.Of(response.Body));
    }
}
