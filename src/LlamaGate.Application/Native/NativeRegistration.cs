using FluentValidation;
using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Behaviours;
using LlamaGate.Application.Native.Contracts;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace LlamaGate.Application.Native;

internal static class NativeRegistration
{
    /// <summary>The pipelines: behaviours are called in the order in which they stand here, the handler last. There is no cache.</summary>
    public static void AddNative(this IServiceCollection services)
    {
        services.AddSingleton<IValidator<NativeBody>, NativeBodyValidator>();
        services.AddCommand<CallNativeCommand, INativeAnswer, CallNativeHandler>();
        services.AddCommand<PullNativeModelCommand, Unit, PullNativeModelHandler>();
        services.AddTransient<IPipelineBehavior<ReadNativeQuery, INativeAnswer>, LoggingBehaviour<ReadNativeQuery, INativeAnswer>>();
        services.AddTransient<IRequestHandler<ReadNativeQuery, INativeAnswer>, ReadNativeHandler>();
    }

    private static void AddCommand<TCommand, TResponse, THandler>(this IServiceCollection services)
        where TCommand : IRequest<TResponse>, IValidatedRequest<NativeBody>
        where THandler : class, IRequestHandler<TCommand, TResponse>
    {
        services.AddTransient<IPipelineBehavior<TCommand, TResponse>, LoggingBehaviour<TCommand, TResponse>>();
        services.AddTransient<IPipelineBehavior<TCommand, TResponse>, ValidationBehaviour<TCommand, TResponse, NativeBody>>();
        services.AddTransient<IRequestHandler<TCommand, TResponse>, THandler>();
    }
}
