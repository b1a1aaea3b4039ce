namespace LlamaGate.Api.Product;

/// <summary>The version as released: without the commit's hash.</summary>
internal static class ProductVersion
{
    public static string Text { get; } =
        typeof(ProductVersion).Assembly.GetName().Version?.ToString(fieldCount: 3) ?? "0.0.0";
}
