# docker build -t stabaudit . && docker run --rm --network none -v "$PWD:/src:ro" stabaudit check
FROM python:3.12-slim
COPY . /stabaudit
RUN pip install --no-cache-dir "/stabaudit[server]" && rm -rf /stabaudit \
    && useradd --create-home checker
USER checker
WORKDIR /src
ENV STABAUDIT_NO_CACHE=1
ENTRYPOINT ["stabaudit"]
