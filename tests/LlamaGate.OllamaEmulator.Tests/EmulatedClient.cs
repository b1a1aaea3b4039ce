using LlamaGate.OllamaEmulator.Tests.Wire;

namespace LlamaGate.OllamaEmulator.Tests;

/// <summary>The requests most tests send.</summary>
internal static class EmulatedClient
{
    /// <summary>
    /// How long a test waits for a signal that must come: long, because it never passes when all is well.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static string ChatBody(string model, bool? stream = null) =>
        $$"""{"model":"{{model}}",{{StreamMember(stream)}}"messages":[{"role":"user","content":"hi"}]}""";

    public static Task<RawResponse> ChatAsync(this EmulatedOllama emulator, string model, bool? stream = null) =>
        RawConnection.PostAsync(emulator, "/api/chat", ChatBody(model, stream));

    /// <summary>A connection on which a chat has been asked for and nothing read yet.</summary>
    public static async Task<RawConnection> OpenChatAsync(this EmulatedOllama emulator, string model, bool? stream =
        null)
    {
        var connection = await RawConnection.OpenAsync(emulator);
        await connection.SendAsync("POST", "/api/chat", ChatBody(model, stream));
        return connection;
    }

    private static string StreamMember(bool? stream) => stream switch
    {
        true => "\"stream\":true,",
        false => "\"stream\":false,",
        null => string.Empty,
    };
}
