"""Our rules and promises in the words of Prometheus and Grafana: written into ops/, never by hand."""
