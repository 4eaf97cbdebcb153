// The bench's model in plain C++: closest idle unit, queues by priority, back to the base.
// Reads the inputs of bench.simulation from a file and writes the unit of every call.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <queue>
#include <string>
#include <deque>
#include <vector>

struct Event {
    double at;
    int unit;
    bool operator>(const Event& other) const {
        return at > other.at || (at == other.at && unit > other.unit);
    }
};

struct Outcome {  // the same record per call as the rehearsal writes
    double sent, left, arrive, clear, facility_at, free;
    int32_t unit, start, facility, times;
};

template <class T> std::vector<T> read(FILE* file, size_t count) {
    std::vector<T> found(count);
    if (fread(found.data(), sizeof(T), count, file) != count) { perror("read"); exit(1); }
    return found;
}

int main(int argc, char** argv) {
    FILE* file = fopen(argv[1], "rb");
    auto sizes = read<int64_t>(file, 3);
    const int zones = sizes[0], units = sizes[1];
    const int64_t calls = sizes[2];
    auto from_base = read<double>(file, size_t(zones) * units);  // [zone, unit], seconds
    auto to_base = read<double>(file, size_t(zones) * units);
    auto nearest = read<int32_t>(file, size_t(zones) * units);   // [zone, k] units by time, then id
    auto factor = read<double>(file, 168);
    auto at = read<double>(file, calls);
    auto on_scene = read<double>(file, calls);
    auto zone = read<int32_t>(file, calls);
    auto priority = read<int32_t>(file, calls);
    auto base = read<int32_t>(file, units);
    auto between = read<double>(file, size_t(zones) * zones);
    fclose(file);
    std::vector<Outcome> outcomes(calls);
    std::vector<int32_t> sent(calls, -1);
    const int rounds = std::stoi(argv[3]);
    std::vector<double> took_s;
    double response = 0;
    for (int round = 0; round < rounds; ++round) {
        auto start = std::chrono::steady_clock::now();
        std::priority_queue<Event, std::vector<Event>, std::greater<Event>> events;
        std::vector<std::deque<int64_t>> waiting(4);
        std::vector<char> idle(units, 1), homeward(units, 0);
        std::vector<int32_t> place(units);
        int64_t queued = 0, next = 0;
        response = 0;
        auto hour = [&](double now) { return factor[int64_t(now / 3600.0) % 168]; };
        auto record = [&](int64_t call, int unit, int from, double now, double arrive) {
            double done = arrive + on_scene[call];
            outcomes[call] = {now, now, arrive, done, done, done, unit, from, -1, 1};
            response += arrive - at[call];
            place[unit] = zone[call];
            events.push({done, unit});
        };
        auto take = [&](int unit, double now) {
            for (auto& level : waiting) {
                if (level.empty()) continue;
                int64_t call = level.front();
                level.pop_front();
                --queued;
                double arrive = now + hour(now) * between[size_t(place[unit]) * zones + zone[call]];
                record(call, unit, place[unit], now, arrive);
                return;
            }
        };
        while (next < calls || !events.empty()) {
            if (!events.empty() && (next >= calls || events.top().at <= at[next])) {
                auto [now, unit] = events.top();
                events.pop();
                if (homeward[unit]) {
                    homeward[unit] = 0;
                    place[unit] = base[unit];
                    if (queued) take(unit, now);
                    else idle[unit] = 1;
                } else if (queued) {
                    take(unit, now);
                } else {
                    homeward[unit] = 1;
                    double way = hour(now) * to_base[size_t(place[unit]) * units + unit];
                    events.push({now + way, unit});
                }
                continue;
            }
            int64_t call = next++;
            double now = at[call];
            const int32_t* list = &nearest[size_t(zone[call]) * units];
            int unit = -1;
            for (int k = 0; k < units; ++k)
                if (idle[list[k]]) { unit = list[k]; break; }
            if (unit < 0) {
                waiting[priority[call]].push_back(call);
                ++queued;
                continue;
            }
            idle[unit] = 0;
            double arrive = now + hour(now) * from_base[size_t(zone[call]) * units + unit];
            record(call, unit, base[unit], now, arrive);
        }
        std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
        took_s.push_back(took.count());
    }
    for (int64_t call = 0; call < calls; ++call) sent[call] = outcomes[call].unit;
    FILE* out = fopen(argv[2], "wb");
    fwrite(sent.data(), sizeof(int32_t), calls, out);
    fclose(out);
    std::nth_element(took_s.begin(), took_s.begin() + rounds / 2, took_s.end());
    std::printf("%.9f %.6f\n", took_s[rounds / 2], response / calls);
}
