using System.Text.Json;
using LlamaGate.Api.CommandLine.Doctor;
using LlamaGate.Api.CommandLine.Doctor.Reports;
using LlamaGate.Api.CommandLine.Doctor.Upstream;
using LlamaGate.Api.Configuration;
using LlamaGate.Api.Configuration.Hosts;
using LlamaGate.Api.Tests.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace LlamaGate.Api.Tests.CommandLine.Doctor;

public sealed class DiagnosisRunnerTests : IDisposable
{
    private static readonly Finding Fine = new(Severity.Ok, "Fine.");

    private readonly HttpClient _http = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly StringWriter _output = new();

    [Fact]
    public async Task Run_SeveralChecks_TellsEachAndReturnsTheWorst()
    {
        var worst = await RunAsync(Says(Fine), Says(new(Severity.Warning, "Hm.")), Says(new(Severity.Info, "So.")));
        Assert.Equal(Severity.Warning, worst);
        Assert.Equal("[ok]      check: Fine.|[warning] check: Hm.|[info]    check: So.|0 errors, 1 warning|", Told());
    }

    [Fact]
    public async Task Run_CheckThatNeverEnds_IsEndedAtItsLimitAndTheNextIsMade()
    {
        var endless = new Check(async cancellationToken =>
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return Fine;
        });
        var running = RunAsync(endless, Says(Fine));
        await endless.Begun;
        _clock.Advance(endless.Limit - TimeSpan.FromMilliseconds(1));
        Assert.False(running.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(Severity.Warning, await running.WaitAsync(GatewayOverOllama.LongestWait));
        Assert.Equal("[warning] check: The check did not end within 10.0 s.|[ok]      check: Fine.|0 errors, 1 warning|", Told());
    }

    [Fact]
    public async Task Run_OverallLimitOver_MakesNoMoreChecks()
    {
        var slow = new Check(_ =>
        {
            _clock.Advance(DiagnosisRunner.OverallLimit);
            return Task.FromResult(Fine);
        });
        await RunAsync(slow, new Check(_ => throw new InvalidOperationException("must not be made")));
        Assert.Equal(
            "[ok]      check: Fine.|[-]       check: Skipped: the time limit of 300.0 s for all checks had passed.|0 errors, 0 warnings|",
            Told());
    }

    [Fact]
    public async Task Run_CallerLeaves_Ends()
    {
        using var leave = new CancellationTokenSource();
        var endless = new Check(async cancellationToken =>
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return Fine;
        });
        var running = RunAsync(leave.Token, endless);
        await endless.Begun;
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(GatewayOverOllama.LongestWait));
    }

    [Fact]
    public async Task Run_CheckThatFails_SaysWhyInItsPlace()
    {
        await RunAsync(
            new Check(_ => throw new UnexpectedAnswerException("Ollama", 503, "server busy")),
            new Check(_ => throw new JsonException("secret")),
            new Check(_ => throw new HttpRequestException(HttpRequestError.ResponseEnded, "secret")));
        Assert.Equal(
            "[warning] check: Unknown: Ollama answered 503: server busy.|"
            + "[warning] check: Unknown: the answer was not the expected JSON.|"
            + "[warning] check: Unknown: the connection broke off.|0 errors, 3 warnings|",
            Told());
    }

    [Theory]
    [InlineData(Needs.Ollama, "Ollama does not answer")]
    [InlineData(Needs.Configuration | Needs.Ollama, "Ollama does not answer")]
    [InlineData(Needs.Model, "Ollama has no local model that can chat")]
    [InlineData(Needs.Generation, "--skip-generation was given")]
    [InlineData(Needs.WarmModel, "the model gave no answer")]
    [InlineData(Needs.Gateway, "the gateway does not answer")]
    internal async Task Run_WhatTheCheckNeedsIsNotThere_IsSkippedWithTheReason(Needs needs, string reason)
    {
        await RunAsync(new Check(_ => throw new InvalidOperationException("must not be made")) { Needs = needs });
        Assert.Equal($"[-]       check: Skipped: {reason}.|0 errors, 0 warnings|", Told());
    }

    public void Dispose()
    {
        _http.Dispose();
        _output.Dispose();
    }

    private static Check Says(Finding finding) => new(_ => Task.FromResult(finding));

    private Task<Severity> RunAsync(params Check[] checks) => RunAsync(CancellationToken.None, checks);

    private Task<Severity> RunAsync(CancellationToken cancellationToken, params Check[] checks) =>
        new DiagnosisRunner(checks, _clock).RunAsync(
            new DiagnosisContext
            {
                Settings = new GatewaySettings(),
                ConfigurationErrors = [],
                Directory = "/",
                Gateway = new Uri("http://h"),
                SkipsGeneration = true,
                Http = _http,
                Hosts = [DiagnosedHosts.Of(ConfiguredHost.At(new Uri("http://h")), _http, new GatewaySettings(), _clock)],
                Clock = _clock,
            },
            new TextReport(_output),
            cancellationToken);

    private string Told() => _output.ToString().ReplaceLineEndings("|");

    private sealed class Check(Func<CancellationToken, Task<Finding>> run) : IDiagnosis
    {
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Begun => _begun.Task.WaitAsync(GatewayOverOllama.LongestWait);

        public string Name => "check";

        public TimeSpan Limit => TimeSpan.FromSeconds(10);

        public Needs Needs { get; init; }

        public Task<Finding> RunAsync(DiagnosisContext context, CancellationToken cancellationToken)
        {
            _begun.TrySetResult();
            return run(cancellationToken);
        }
    }
}
