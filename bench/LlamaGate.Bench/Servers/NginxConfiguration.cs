using System.Net;

namespace LlamaGate.Bench.Servers;

/// <summary>nginx as a plain pass-through: one process, nothing buffered, connections kept on both sides.</summary>
internal static class NginxConfiguration
{
    public static string For(IPEndPoint address, IPEndPoint upstream, string work) => $$"""
        daemon off;
        master_process off;
        worker_processes 1;
        pid {{work}}/nginx.pid;
        error_log {{work}}/nginx.err crit;
        events { worker_connections 8192; }
        http {
          access_log off;
          client_body_temp_path {{work}}/nginx-body;
          proxy_temp_path {{work}}/nginx-proxy;
          fastcgi_temp_path {{work}}/nginx-fastcgi;
          uwsgi_temp_path {{work}}/nginx-uwsgi;
          scgi_temp_path {{work}}/nginx-scgi;
          client_max_body_size 64m;
          client_body_buffer_size 4m;
          keepalive_requests 100000000;
          upstream ollama {
            server {{upstream}};
            keepalive 64;
            keepalive_requests 100000000;
          }
          server {
            listen {{address}};
            location / {
              proxy_pass http://ollama;
              proxy_http_version 1.1;
              proxy_set_header Connection "";
              proxy_buffering off;
              proxy_read_timeout 1h;
            }
          }
        }
        """;
}
