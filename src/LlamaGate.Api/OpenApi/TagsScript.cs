using System.Text;
using System.Text.Json;
using LlamaGate.Api.OpenApi.Pages;

namespace LlamaGate.Api.OpenApi;

/// <summary>
/// Makes Swagger UI open the tags of OpenAI's API only; its own setting is the same for all. A file of its own, because the page's content
/// policy allows no script inside it, and no eval, by which the page would load a plugin.
/// </summary>
internal static class TagsScript
{
    public const string Name = "tags.js";

    public static byte[] Text { get; } = Encoding.UTF8.GetBytes(
        $$"""
        const expanded = {{JsonSerializer.Serialize(ApiTag.All.Where(tag => tag.IsExpanded).Select(tag => tag.Name))}};
        const expandTags = () => ({
          wrapComponents: {
            OperationTag: (Tag, { React }) => props => React.createElement(Tag, {
              ...props,
              getConfigs: () => ({ ...props.getConfigs(), docExpansion: expanded.includes(props.tag) ? 'list' : 'none' }),
            }),
          },
        });
        const createUI = window.SwaggerUIBundle;
        window.SwaggerUIBundle = Object.assign(
          options => createUI({ ...options, plugins: [...(options.plugins ?? []), expandTags] }), createUI);

        """);
}
