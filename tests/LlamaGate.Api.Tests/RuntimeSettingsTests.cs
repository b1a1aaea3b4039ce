using System.Text.Json;

namespace LlamaGate.Api.Tests;

public class RuntimeSettingsTests
{
    [Theory]
    [InlineData("System.Runtime.TieredCompilation.CallCountingDelayMs", "1")]
    [InlineData("System.GC.Server", "false")]
    [InlineData("System.Globalization.Invariant", "true")]
    public void Setting_OfTheRuntime_TravelsWithTheGateway(string name, string value)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "llamagate.runtimeconfig.json")));
        var settings = json.RootElement.GetProperty("runtimeOptions").GetProperty("configProperties");
        Assert.Equal(value, settings.GetProperty(name).GetRawText());
    }
}
