using System.Net;
using System.Net.Sockets;
using System.Text;
using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Errors;
using LlamaGate.Infrastructure.Ollama;
using Microsoft.Extensions.Logging.Abstractions;

namespace LlamaGate.Infrastructure.Tests.Ollama;

/// <summary>A call that Ollama had not begun to answer is sent once more, and no other.</summary>
public sealed class RetryingCallsTests : IDisposable
{
    private const string RunnerIsGone = "chat_waiting_runner_killed";

    private static readonly UpstreamCall Call = new(UpstreamEndpoint.Chat, MemoryUpstream.Context) { Body = "{}"u8.ToArray() };

    private readonly Queue<Func<Task<HttpResponseMessage>>> _answers = new();
    private readonly MemoryUpstream _upstream;
    private readonly RetryingCalls _calls;

    public RetryingCallsTests()
    {
        _upstream = new MemoryUpstream { Answer = _ => _answers.Dequeue()() };
        _calls = new RetryingCalls(_upstream.Calls, NullLogger<RetryingCalls>.Instance);
    }

    public static TheoryData<Exception> BrokenConnections() =>
    [
        new HttpRequestException(HttpRequestError.ResponseEnded),
        new HttpRequestException("reset", new IOException()),
        new IOException(),
        new SocketException((int)SocketError.NotConnected),
    ];

    public void Dispose() => _upstream.Dispose();

    [Fact]
    public async Task Start_WhoseRunnerDied_IsSentOnceMoreWithTheSameBody()
    {
        Answer(RunnerIsGone);
        Answer("chat_stream");
        using var answer = await _calls.StartAsync(Call, default);
        Assert.True(await answer.ReadLineAsync(default));
        Assert.Equal([("POST /api/chat", "{}"), ("POST /api/chat", "{}")], _upstream.Requests);
    }

    [Theory]
    [MemberData(nameof(BrokenConnections))]
    public async Task Start_WhoseConnectionBroke_IsSentOnceMore(Exception broken)
    {
        _answers.Enqueue(() => Task.FromException<HttpResponseMessage>(broken));
        Answer("chat_stream");
        using var answer = await _calls.StartAsync(Call, default);
        Assert.Equal(2, _upstream.Requests.Count);
    }

    [Fact]
    public async Task Start_WhoseRunnerDiesTwice_FailsWithoutAThirdTry()
    {
        Answer(RunnerIsGone);
        Answer(RunnerIsGone);
        var failure = await FailAsync();
        Assert.Equal("llama-server process no longer running: unknown ", failure.Message);
        Assert.Equal(2, _upstream.Requests.Count);
    }

    [Theory]
    [InlineData("chat_nonstream_runner_killed")]
    [InlineData("chat_model_load_failure")]
    [InlineData("chat_queue_full_503")]
    [InlineData("chat_missing_model")]
    public async Task Start_ThatFailedOtherwise_IsNotSentAgain(string recording)
    {
        Answer(recording);
        await FailAsync();
        Assert.Single(_upstream.Requests);
    }

    /// <summary>403 is bare when Ollama refuses the host name; a body that breaks is none of that.</summary>
    [Theory]
    [InlineData(500, "{\"error\":", GatewayError.UpstreamError)]
    [InlineData(403, "", GatewayError.UpstreamRefused)]
    [InlineData(503, "{", GatewayError.UpstreamBusy)]
    public async Task Start_WhoseErrorBreaksOff_FailsWithItsStatusAndIsNotSentAgain(int status, string start, GatewayError error)
    {
        _answers.Enqueue(() => Task.FromResult(new HttpResponseMessage((HttpStatusCode)status)
        {
            Content = new StreamContent(new ChoppedStream(Encoding.UTF8.GetBytes(start), chunk: 3, breaks: true)),
        }));
        var failure = await FailAsync();
        Assert.Equal((error, status), (failure.Error, failure.UpstreamStatus));
        Assert.Equal($"Ollama answered with status {status}.", failure.Message);
        Assert.Single(_upstream.Requests);
    }

    [Fact]
    public async Task Start_ThatWasRefused_IsNotSentAgain()
    {
        _answers.Enqueue(() => Task.FromException<HttpResponseMessage>(new HttpRequestException(HttpRequestError.ConnectionError)));
        await FailAsync();
        Assert.Single(_upstream.Requests);
    }

    [Fact]
    public async Task Start_OfACallerWhoLeft_IsNotSentAgain()
    {
        using var leaving = new CancellationTokenSource();
        _answers.Enqueue(async () =>
        {
            await leaving.CancelAsync();
            return await MemoryUpstream.Recorded(RunnerIsGone);
        });
        await Assert.ThrowsAnyAsync<Exception>(() => _calls.StartAsync(Call, leaving.Token));
        Assert.Single(_upstream.Requests);
    }

    [Fact]
    public async Task Line_AfterTheFirst_ThatFails_IsNotSentAgain()
    {
        Answer("chat_midstream_runner_killed");
        using var answer = await _calls.StartAsync(Call, default);
        while (await answer.ReadLineAsync(default))
        {
        }

        Assert.Single(_upstream.Requests);
    }

    private void Answer(string recording) => _answers.Enqueue(() => MemoryUpstream.Recorded(recording));

    private Task<GatewayException> FailAsync() =>
        Assert.ThrowsAsync<GatewayException>(() => _calls.StartAsync(Call, default));
}
