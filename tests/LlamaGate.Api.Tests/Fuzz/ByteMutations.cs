namespace LlamaGate.Api.Tests.Fuzz;

/// <summary>Damage that need not leave JSON, or text, behind.</summary>
internal static class ByteMutations
{
    private static readonly string[] Words =
        ["null", "{", "}", "[", "]", "\"", ",", ":", "1e999", "\\ud800", "\u0000", "\\", "//", "NaN", new string('[', 2000), "\uFEFF"];

    public static byte[] Apply(byte[] body, Random random)
    {
        var at = random.Next(body.Length + 1);
        var end = Math.Min(body.Length, at + random.Next(1, 32));
        switch (random.Next(6))
        {
            case 0:
                return body[..at];
            case 1:
                return [.. body[..at], .. body[end..]];
            case 2:
                return [.. body[..end], .. body[at..]];
            case 3:
                return [.. body[..at], .. System.Text.Encoding.UTF8.GetBytes(Words[random.Next(Words.Length)]), .. body[at..]];
            case 4:
                return [.. body[..at], (byte)random.Next(256), .. body[at..]];
            default:
                var flipped = body.ToArray();
                if (at < flipped.Length)
                {
                    flipped[at] ^= (byte)(1 << random.Next(8));
                }

                return flipped;
        }
    }
}
