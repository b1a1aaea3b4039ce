using System.Text;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Wire;

/// <summary>
/// What a better gateway must do better than Ollama's own /v1 layer. Each claim about that layer is proved by a recording of it,
/// and the same request is answered right here.
/// </summary>
public class OllamaLayerDefects(SharedGateway shared) : IClassFixture<SharedGateway>
{
    public static TheoryData<string> Keys() => new(LayerDefects.All.Select(defect => defect.Key));

    [Fact]
    public void Defects_Together_AreAllThatAreKnown() =>
        Assert.Equal(Enumerable.Range(1, 18), LayerDefects.All.Select(defect => defect.Number).Distinct());

    [Theory]
    [MemberData(nameof(Keys))]
    public void Recording_OfOllamasLayer_ShowsTheDefect(string key)
    {
        var defect = Find(key);
        var recording = Recording.Named(defect.Recording);
        Assert.True(defect.Shows(Observed.Of(recording)), $"{key} ({defect.Says}) does not show in\n{recording.Body}");
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task Gateway_AskedTheSame_DoesItRight(string key)
    {
        var defect = Find(key);
        shared.Bed.Ollama.Reset();
        shared.Bed.Ollama.Respond(request => defect.Native is { } native && LayerDefects.Asked([request]).Count > 0
            ? Scenario.Recorded(native)
            : null);
        var recording = Recording.Named(defect.Recording);
        using var request = new HttpRequestMessage(new HttpMethod(recording.Method), defect.Path ?? recording.Path);
        if (!string.IsNullOrEmpty(recording.RequestBody))
        {
            request.Content = new StringContent(defect.Adapt(recording.RequestBody), Encoding.UTF8, "application/json");
        }

        using var response = await shared.Bed.Client.SendAsync(request);
        var answer = Observed.Of(await HttpAnswer.ReadAsync(response));
        Assert.False(defect.Shows(answer), $"{key} ({defect.Says}) shows here too:\n{answer.Status} {answer.Text}");
        Assert.True(defect.Right(answer, shared.Bed.Ollama.Requests), $"{key} is not answered right:\n{answer.Status} {answer.Text}");
    }

    private static LayerDefect Find(string key) => LayerDefects.All.Single(defect => defect.Key == key);
}
