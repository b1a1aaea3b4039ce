using System.Globalization;
using System.Text;
using CsCheck;
using LlamaGate.Infrastructure.Tests.Ollama;

namespace LlamaGate.Infrastructure.Tests.Callers;

/// <summary>Whatever is in the file, reading it ends with keys or with faults, and never shows what it contains.</summary>
public sealed class KeysFuzzTests
{
    private static readonly int Iterations = int.Parse(
        Environment.GetEnvironmentVariable("FUZZ_MUTATIONS") ?? "10000", CultureInfo.InvariantCulture);

    private static readonly byte[] Body = Encoding.UTF8.GetBytes($$"""
        // Keys
        {
          "keys": [
            {"id": "alice", "hash": "{{KeysSample.Hash}}", "models": ["llama3*", "!*:70b"], "weight": 2, "expires": "2027-01-31"},
            {"id": "bob", "hash": ["{{KeysSample.HashOf("1")}}", "{{KeysSample.HashOf("2")}}"], "share_by": "user:X-User", "admin": true}, /* last */
          ]
        }
        """);

    [Fact]
    public void Parse_MutatedFile_EndsWithKeysOrFaults() => Mutations.Gen.List[1, 5].Sample(
        mutations =>
        {
            var (document, faults) = KeysSample.Parse(mutations.Aggregate(Body, Mutations.Apply));
            Assert.True(faults.Count > 0 || document is not null);
            if (faults.Count == 0)
            {
                Assert.All(document!.Entries, key => Assert.True(key.Id.Length > 0 && key.Digests.Count > 0));
            }

            Assert.All(faults, fault => Assert.DoesNotMatch("[0-9a-f]{16}", fault.DescribeBriefly()));
        },
        iter: Iterations, threads: 2);

    [Fact]
    public void Parse_AnyBytes_EndsWithKeysOrFaults() => Gen.Byte.Array[0, 200].Sample(
        bytes => Assert.NotEmpty(KeysSample.Parse(bytes).Faults), iter: Iterations, threads: 2);
}
