using System.Text.Json;
using LlamaGate.OllamaEmulator.Tests.Scheduling;

namespace LlamaGate.OllamaEmulator.Tests;

/// <summary>The emulator loads a model again where a real Ollama did.</summary>
public sealed class RunnerTests
{
    [Theory]
    [InlineData("sched_reload_num_ctx")]
    [InlineData("sched_reload_shift")]
    [InlineData("sched_num_gpu_sticks")]
    public async Task Calls_OfARecording_LoadAsOftenAsThere(string name)
    {
        using var recording = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(SchedulerRecording.Folder, name + ".json")));
        await using var ollama = await EmulatedOllama.StartAsync(new EmulatorOptions
        {
            Models = [new EmulatedModel("slowa:latest", ["completion"]) { ContextLength = 4096 }],
        });
        using var client = new HttpClient { BaseAddress = ollama.Address };
        await PostAsync(client, """{"model":"slowa","messages":[{"role":"user","content":"first"}]}""");
        foreach (var call in recording.RootElement.GetProperty("calls").EnumerateArray())
        {
            await PostAsync(client, call.GetProperty("request").GetProperty("body").GetString()!);
        }

        Assert.Equal(1 + recording.RootElement.GetProperty("loads").GetArrayLength(), ollama.Loads.Count);
    }

    [Fact]
    public async Task Model_ThatIsNotKept_IsLoadedAgain()
    {
        await using var ollama = await EmulatedOllama.StartAsync();
        using var client = new HttpClient { BaseAddress = ollama.Address };
        const string call = """{"model":"plain","messages":[{"role":"user","content":"a"}],"keep_alive":0}""";
        await PostAsync(client, call);
        await PostAsync(client, call);
        Assert.Equal(["plain:latest", "plain:latest"], ollama.Loads, StringComparer.Ordinal);
    }

    private static async Task PostAsync(HttpClient client, string body)
    {
        using var content = new StringContent(body);
        using var answer = await client.PostAsync("/api/chat", content);
        Assert.Equal(200, (int)answer.StatusCode);
    }
}
