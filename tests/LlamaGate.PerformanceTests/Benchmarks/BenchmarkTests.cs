using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using BenchmarkDotNet.Attributes;
using LlamaGate.Application.Dialects.ChatCompletions.Contracts;
using LlamaGate.Benchmarks;
using LlamaGate.Domain.Conversations;

namespace LlamaGate.PerformanceTests.Benchmarks;

/// <summary>Every micro-benchmark does what it says: it is run once, and its result is the real one.</summary>
public sealed class BenchmarkTests
{
    private const int Lines = 1000;
    private const string Answer = "Hello from the tiny test model.";

    private static readonly Dictionary<string, Action<object>> Expected = new(StringComparer.Ordinal)
    {
        [nameof(ChatRequestBenchmarks.Parse)] = result => Assert.Equal(2, ((ChatCompletionRequest)result).Messages?.Count),
        [nameof(ChatRequestBenchmarks.ParseValidateMapGenerate)] =
            result => Assert.Equal(Answer, ((ConversationAnswer)result).Choices[0].Content),
        [nameof(ChatRequestBenchmarks.CacheKey)] = result => Assert.True(((string)result).Length >= 32),
        [nameof(ChatRequestBenchmarks.WholeRequest)] = result => Assert.Equal(1, Count(result, Answer)),
        [nameof(AnswerBenchmarks.CachedAnswer)] = result => Assert.Equal(1, Count(result, Answer)),
        [nameof(AnswerBenchmarks.MissingKey)] = result => Assert.Equal(1, Count(result, "invalid_api_key")),
        [nameof(AnswerBenchmarks.BrokenRule)] = result => Assert.Equal(1, Count(result, "\"param\":\"temperature\"")),
        [nameof(StreamBenchmarks.ChatChunk)] = result => Assert.Equal(Lines, Count(result, "\"content\":\" from\"")),
        [nameof(StreamBenchmarks.CompletionChunk)] = result => Assert.Equal(Lines, Count(result, "\"text\":\" from\"")),
        [nameof(StreamBenchmarks.ResponseEvent)] = result => Assert.Equal(Lines, Count(result, "\"delta\":\" from\"")),
        [nameof(KeyBenchmarks.FindAmongOne)] = result => Assert.Equal("k0", result),
        [nameof(KeyBenchmarks.FindAmongTenThousand)] = result => Assert.Equal("k9999", result),
        [nameof(RequestLogBenchmarks.RequestLine)] = result => Assert.True((long)result >= Lines),
    };

    public static TheoryData<string> Benchmarks { get; } = [.. Find().Select(NameOf)];

    [Theory]
    [MemberData(nameof(Benchmarks))]
    public async Task Benchmark_RunOnce_GivesTheRealResult(string name)
    {
        var benchmark = Find().Single(method => NameOf(method) == name);
        var instance = Activator.CreateInstance(benchmark.DeclaringType!)!;
        await CallMarkedAsync<GlobalSetupAttribute>(instance);
        try
        {
            Expected[benchmark.Name](await CallAsync(benchmark, instance) ?? "nothing");
        }
        finally
        {
            await CallMarkedAsync<GlobalCleanupAttribute>(instance);
        }
    }

    [Fact]
    public async Task CachedAnswer_AskedTwice_HasTheSameChoices()
    {
        var answers = new AnswerBenchmarks();
        await answers.StartAsync();
        try
        {
            var first = (await answers.CachedAnswer()).ToArray();
            var second = (await answers.CachedAnswer()).ToArray();

            // Each answer has an id of its own.
            Assert.NotEqual(first, second);
            Assert.Equal(ChoicesOf(first), ChoicesOf(second));
        }
        finally
        {
            await answers.StopAsync();
        }
    }

    private static string ChoicesOf(byte[] answer) => JsonNode.Parse(answer)!["choices"]!.ToJsonString();

    private static IEnumerable<MethodInfo> Find() => typeof(StreamBenchmarks).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods())
        .Where(method => method.GetCustomAttribute<BenchmarkAttribute>() is not null);

    private static string NameOf(MethodInfo method) => $"{method.DeclaringType?.Name}.{method.Name}";

    private static async Task CallMarkedAsync<TAttribute>(object instance)
        where TAttribute : Attribute
    {
        foreach (var method in instance.GetType().GetMethods().Where(m => m.GetCustomAttribute<TAttribute>() is not null))
        {
            await CallAsync(method, instance);
        }
    }

    private static async Task<object?> CallAsync(MethodInfo method, object instance)
    {
        var result = method.Invoke(instance, []);
        if (result is not Task task)
        {
            return result;
        }

        await task;
        return task.GetType().GetProperty("Result")?.GetValue(task);
    }

    private static int Count(object body, string text) =>
        Encoding.UTF8.GetString(((ReadOnlyMemory<byte>)body).Span).Split(text).Length - 1;
}
