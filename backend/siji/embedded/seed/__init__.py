"""A school, a city or a province of made-up people, loaded by COPY in minutes: for measuring, never for showing."""
