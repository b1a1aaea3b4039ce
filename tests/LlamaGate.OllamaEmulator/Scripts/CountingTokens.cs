using System.Collections;

namespace LlamaGate.OllamaEmulator.Scripts;

/// <summary>
/// "one", " two" … " ten", " one" … without an array behind it, so that a flood of millions costs no memory.
/// </summary>
internal sealed class CountingTokens : IReadOnlyList<string>
{
    private static readonly string[] Words =
        [" one", " two", " three", " four", " five", " six", " seven", " eight", " nine", " ten"];

    private CountingTokens(int count) => Count = count;

    public int Count { get; }

    public string this[int index] => index == 0 ? "one" : Words[index % Words.Length];

    public static CountingTokens Take(int count) => new(count);

    public IEnumerator<string> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
