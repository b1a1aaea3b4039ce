using LlamaGate.Bench.Processes;

namespace LlamaGate.Bench.Tests;

public sealed class ChildProcessTests : IDisposable
{
    private readonly string _work = Directory.CreateTempSubdirectory("llamagate-bench-").FullName;

    [Theory]
    [InlineData(false, "")]
    [InlineData(true, "1")]
    public async Task Environment_HowSocketsAreServed_IsNotThatOfThisProcess(bool isGiven, string expected)
    {
        Environment.SetEnvironmentVariable(ChildProcess.InlineCompletions, "2");
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        if (isGiven)
        {
            given[ChildProcess.InlineCompletions] = "1";
        }

        await using var child = ChildProcess.Start(["sleep", "30"], cores: "0", _work, given);
        var variables = (await EnvironmentAsync(child)).Split('\0');
        var found = variables.Where(variable => variable.StartsWith(ChildProcess.InlineCompletions, StringComparison.Ordinal));
        Assert.Equal(expected, string.Concat(found.Select(variable => variable.Split('=')[1])));
    }

    /// <summary>For a moment, while one program gives way to the next, there is none to be read.</summary>
    private static async Task<string> EnvironmentAsync(ChildProcess child)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var variables = "";
        while (variables.Length == 0)
        {
            variables = await File.ReadAllTextAsync($"/proc/{child.Id}/environ", limit.Token);
        }

        return variables;
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(ChildProcess.InlineCompletions, null);
        Directory.Delete(_work, recursive: true);
    }
}
