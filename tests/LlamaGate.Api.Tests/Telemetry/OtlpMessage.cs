using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace LlamaGate.Api.Tests.Telemetry;

/// <summary>A body of OTLP, read as far as the tests need it.</summary>
internal sealed record OtlpMessage(byte[] Body, string Tenant)
{
    /// <summary>All of it as text: names are in it as they are.</summary>
    public string Text => Encoding.Latin1.GetString(Body);

    /// <summary>The numbers are those of the fields in OTLP's trace.proto.</summary>
    public IEnumerable<OtlpSpan> ReadSpans() =>
        from resource in Fields(Body).Where(field => field.Number == 1)
        from scope in Fields(resource.Bytes).Where(field => field.Number == 2)
        from span in Fields(scope.Bytes).Where(field => field.Number == 2)
        select ToSpan([.. Fields(span.Bytes)]);

    private static OtlpSpan ToSpan(IReadOnlyList<Field> fields)
    {
        byte[] Bytes(int number) => fields.FirstOrDefault(field => field.Number == number).Bytes ?? [];
        return new OtlpSpan(
            Convert.ToHexStringLower(Bytes(1)),
            Convert.ToHexStringLower(Bytes(2)),
            Convert.ToHexStringLower(Bytes(4)),
            Encoding.UTF8.GetString(Bytes(5)),
            (int)fields.First(field => field.Number == 6).Value)
        {
            State = Encoding.UTF8.GetString(Bytes(3)),
            Attributes = fields.Where(field => field.Number == 9).Select(field => Fields(field.Bytes).ToList()).ToDictionary(
                pair => Encoding.UTF8.GetString(pair[0].Bytes), pair => ToText(Fields(pair[1].Bytes).Single()), StringComparer.Ordinal),
        };
    }

    private static string ToText(Field value) => value.Number == 1
        ? Encoding.UTF8.GetString(value.Bytes)
        : value.Value.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<Field> Fields(byte[] message)
    {
        for (var at = 0; at < message.Length;)
        {
            var tag = Varint(message, ref at);
            var number = (int)(tag >> 3);
            switch (tag & 7)
            {
                case 0:
                    yield return new Field(number, [], Varint(message, ref at));
                    break;
                case 1:
                    yield return new Field(number, [], BinaryPrimitives.ReadInt64LittleEndian(message.AsSpan(at)));
                    at += 8;
                    break;
                case 2:
                    var length = (int)Varint(message, ref at);
                    yield return new Field(number, message[at..(at + length)], 0);
                    at += length;
                    break;
                default:
                    yield return new Field(number, [], BinaryPrimitives.ReadInt32LittleEndian(message.AsSpan(at)));
                    at += 4;
                    break;
            }
        }
    }

    private static long Varint(byte[] message, ref int at)
    {
        var value = 0L;
        for (var shift = 0; ; shift += 7)
        {
            var next = message[at++];
            value |= (long)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }

    private readonly record struct Field(int Number, byte[] Bytes, long Value);
}
